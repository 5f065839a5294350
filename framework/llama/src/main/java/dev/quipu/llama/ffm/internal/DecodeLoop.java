package dev.quipu.llama.ffm.internal;

import dev.quipu.llama.EngineBusyException;
import dev.quipu.llama.EngineCounters;
import dev.quipu.llama.EngineError;
import dev.quipu.llama.EngineException;
import dev.quipu.llama.FinishReason;
import dev.quipu.llama.GenerationRequest;
import dev.quipu.llama.spi.GenerationStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * Continuous batching over the sequences of one context, on one platform thread.
 *
 * <p>Each pass computes one token for every sequence that decodes and, with the room that is left, the next pieces of
 * prompts, so a long prompt does not hold up the others. A sequence whose reader has not read is left out of the pass. A
 * finished sequence keeps its cells until another needs them: a prompt that begins like an earlier one starts behind the
 * shared part.
 */
final class DecodeLoop implements Runnable {
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final Llama llama;
    private final NativeContext context;
    private final Batch batch;
    private final List<Slot> slots = new ArrayList<>();
    private final Deque<GenerationStream> waiting = new ArrayDeque<>();
    private final Semaphore wake = new Semaphore(0);
    private final int queueLimit;
    private final LongAdder promptTokens = new LongAdder();
    private final LongAdder cachedTokens = new LongAdder();
    private final LongAdder outputTokens = new LongAdder();
    private volatile int running;
    private volatile boolean closed;

    DecodeLoop(Llama llama, NativeContext context, int sequences, int batchSize, int queueLimit) {
        this.llama = llama;
        this.context = context;
        this.queueLimit = queueLimit;
        this.batch = new Batch(context.arena(), batchSize);
        for (int s = 0; s < sequences; s++) {
            slots.add(new Slot(s));
        }
    }

    GenerationStream submit(GenerationRequest request, int[] prompt) {
        if (prompt.length == 0) {
            throw new EngineException(EngineError.OPTION, "The prompt has no tokens. Pass other text.");
        }
        if (prompt.length >= context.size()) {
            throw new EngineException(
                    EngineError.PROMPT_TOO_LONG,
                    "The prompt has " + prompt.length + " tokens but the context holds " + context.size()
                            + ", one of them for the answer. Shorten it or raise quipu.engine.context-size.");
        }
        GenerationStream generation = new GenerationStream(request, prompt, wake::release);
        synchronized (waiting) {
            if (closed) {
                throw new EngineException(EngineError.CLOSED, "The engine is closed. Load it again.");
            }
            if (waiting.size() >= queueLimit) {
                throw new EngineBusyException(
                        queueLimit + " requests wait for the engine already. Try again in " + RETRY.toSeconds()
                                + " s, or raise quipu.engine.queue-limit.",
                        RETRY);
            }
            waiting.add(generation);
        }
        wake.release();
        return generation;
    }

    EngineCounters counters() {
        synchronized (waiting) {
            return new EngineCounters(
                    promptTokens.sum(), cachedTokens.sum(), outputTokens.sum(), running, waiting.size());
        }
    }

    void close() {
        synchronized (waiting) {
            closed = true;
        }
        context.abort();
        wake.release();
    }

    @Override
    public void run() {
        while (!closed) {
            drop();
            admit();
            running = (int) slots.stream().filter(s -> !s.free()).count();
            batch.clear();
            slots.stream().filter(s -> !s.free() && s.mayDecode()).forEach(s -> s.addPending(batch));
            fillWithPrompts();
            if (batch.size() == 0) {
                sleep();
            } else {
                pass();
            }
        }
        EngineException end = new EngineException(EngineError.CLOSED, "The engine was closed during the request.");
        slots.stream().filter(s -> !s.free()).forEach(s -> fail(s, end));
        synchronized (waiting) {
            waiting.forEach(g -> g.fail(end));
            waiting.clear();
        }
    }

    /** Until there is work again, or a deadline passes: nobody else wakes the loop for a reader that went away. */
    private void sleep() {
        long nanos = slots.stream()
                .filter(s -> !s.free())
                .mapToLong(s -> s.generation().nanosLeft())
                .min()
                .orElse(Long.MAX_VALUE);
        try {
            wake.tryAcquire(nanos, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            // The thread is the loop's own, and close() ends it; nobody interrupts it in earnest.
        }
        wake.drainPermits();
    }

    /** Ends what was cancelled or is too late. */
    private void drop() {
        for (Slot slot : slots) {
            if (!slot.free() && slot.generation().cancelled()) {
                slot.finish(FinishReason.CANCELLED, System.nanoTime());
            } else if (!slot.free() && slot.generation().expired()) {
                fail(slot, slot.generation().late());
            }
        }
        synchronized (waiting) {
            waiting.removeIf(g -> {
                if (g.cancelled()) {
                    g.finish(FinishReason.CANCELLED, 0, 0);
                } else if (g.expired()) {
                    g.fail(g.late());
                }
                return g.cancelled() || g.expired();
            });
        }
    }

    /** Gives waiting requests free sequences, first come first served, as long as their cells fit. */
    private void admit() {
        while (true) {
            GenerationStream next;
            synchronized (waiting) {
                next = waiting.peek();
            }
            if (next == null) {
                return;
            }
            Optional<Slot> best = slots.stream()
                    .filter(Slot::free)
                    .max(Comparator.comparingInt((Slot s) -> s.sharedWith(next.prompt()))
                            .thenComparingInt(s -> -s.cellCount())
                            .thenComparingLong(s -> -s.lastUsed()));
            if (best.isEmpty() || !makeRoom(best.get(), next)) {
                return;
            }
            synchronized (waiting) {
                waiting.remove(next);
            }
            start(best.get(), next);
        }
    }

    /** Frees cells of idle sequences until the request fits beside what runs. */
    private boolean makeRoom(Slot slot, GenerationStream generation) {
        int needed = reserved(generation);
        for (Slot s : slots) {
            if (!s.free()) {
                needed += reserved(s.generation());
            }
        }
        if (needed > context.size()) {
            return false;
        }
        List<Slot> idle = slots.stream()
                .filter(s -> s.free() && s != slot && s.cellCount() > 0)
                .sorted(Comparator.comparingLong(Slot::lastUsed))
                .toList();
        int kept = idle.stream().mapToInt(Slot::cellCount).sum();
        for (Slot s : idle) {
            if (needed + kept <= context.size()) {
                break;
            }
            kept -= s.cellCount();
            context.forget(s.sequence(), 0);
            s.forget();
        }
        return true;
    }

    /** Cells that a request may come to use. */
    private int reserved(GenerationStream g) {
        return Math.min(context.size(), g.prompt().length + g.request().maxTokens());
    }

    private void start(Slot slot, GenerationStream generation) {
        int shared = slot.sharedWith(generation.prompt());
        if (!context.forget(slot.sequence(), shared)) {
            // Some models cannot cut their memory in the middle: begin anew.
            context.forget(slot.sequence(), 0);
            shared = 0;
        }
        try {
            SamplerChain chain = SamplerChain.of(
                    llama,
                    context.vocabulary(),
                    generation.request().sampling(),
                    generation.request().grammar(),
                    generation.prompt());
            cachedTokens.add(shared);
            slot.start(generation, chain, shared);
        } catch (EngineException e) {
            context.forget(slot.sequence(), 0);
            slot.forget();
            generation.fail(e);
        }
    }

    private void fillWithPrompts() {
        List<Slot> prefilling =
                slots.stream().filter(s -> !s.free() && s.prefilling()).toList();
        int left = prefilling.size();
        for (Slot slot : prefilling) {
            int share = Math.max(1, batch.room() / left--);
            if (batch.room() > 0) {
                promptTokens.add(slot.addPrompt(batch, Math.min(share, batch.room())));
            }
        }
    }

    private void pass() {
        int rc = context.decode(batch);
        if (rc != 0) {
            if (!closed) {
                refuse(rc);
            }
            return;
        }
        for (Slot slot : slots) {
            if (!slot.free() && slot.place >= 0) {
                int place = slot.place;
                slot.place = -1;
                try {
                    draw(slot, place);
                } catch (EngineException e) {
                    fail(slot, e);
                }
            }
        }
    }

    /** llama.cpp took none of the batch: which request is at fault is unknown, so all in it end. */
    private void refuse(int rc) {
        EngineException cause = new EngineException(
                EngineError.DECODE,
                "llama.cpp refused a batch of " + batch.size() + " tokens with code " + rc
                        + ". The request ends; the engine goes on.");
        for (Slot slot : slots) {
            if (!slot.free()) {
                fail(slot, cause);
            }
        }
    }

    private void draw(Slot slot, int place) {
        int token = slot.sampler().sample(context.handle(), place);
        GenerationStream generation = slot.generation();
        if (context.vocabulary().isEnd(token)) {
            generation.emit(slot.text().rest());
            slot.finish(FinishReason.END, System.nanoTime());
            return;
        }
        slot.drawn(token);
        outputTokens.increment();
        generation.emit(
                slot.text().add(context.vocabulary().piece(token, slot.sampler().bound())));
        boolean full = slot.generated() >= generation.request().maxTokens() || slot.cellCount() + 1 >= context.size();
        if (slot.text().stopped()) {
            slot.finish(FinishReason.STOP_TEXT, System.nanoTime());
        } else if (full || slot.sampler().finished()) {
            generation.emit(slot.text().rest());
            slot.finish(slot.sampler().finished() ? FinishReason.END : FinishReason.LENGTH, System.nanoTime());
        }
    }

    private void fail(Slot slot, EngineException cause) {
        slot.generation().fail(cause);
        slot.release(System.nanoTime());
        if (!closed) {
            context.forget(slot.sequence(), 0);
        }
        slot.forget();
    }
}
