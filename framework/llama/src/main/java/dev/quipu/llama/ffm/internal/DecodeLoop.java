package dev.quipu.llama.ffm.internal;

import dev.quipu.llama.EngineBusyException;
import dev.quipu.llama.EngineCounters;
import dev.quipu.llama.EngineError;
import dev.quipu.llama.EngineException;
import dev.quipu.llama.EngineMetrics;
import dev.quipu.llama.EngineOptions;
import dev.quipu.llama.FinishReason;
import dev.quipu.llama.GenerationRequest;
import dev.quipu.llama.spi.GenerationStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Continuous batching over the sequences of one context, on one platform thread: does what the {@link Scheduler} decides.
 */
final class DecodeLoop implements Runnable {
    private static final Logger log = LoggerFactory.getLogger(DecodeLoop.class);

    private final Llama llama;
    private final NativeContext context;
    private final LoopThread thread;
    private final AdapterTable adapters;
    private final PrefixSpill spill;
    private final EngineMeter meter;
    private final Batch batch;
    private final WaitingLine line;
    private final PrefixCache cache;
    private final Scheduler scheduler;
    private final RetryAfter retryAfter;
    private final int capacity;
    private final int queueLimit;
    private final AtomicLong arrivals = new AtomicLong();
    private volatile boolean closed;

    DecodeLoop(
            Llama llama,
            NativeContext context,
            LoopThread thread,
            AdapterTable adapters,
            PrefixSpill spill,
            EngineMeter meter,
            EngineOptions options) {
        this.llama = llama;
        this.context = context;
        this.thread = thread;
        this.adapters = adapters;
        this.spill = spill;
        this.meter = meter;
        this.queueLimit = options.queueLimit();
        capacity = context.pass();
        batch = new Batch(context.arena(), capacity);
        int sequences = options.sequences();
        int kept = context.shares() ? Math.min(options.cache().prefixes(), NativeContext.SEQUENCES - sequences) : 0;
        line = new WaitingLine(options.queueLimit(), new FairShare());
        cache = new PrefixCache(context, context.size(), sequences, kept, spill);
        scheduler = new Scheduler(cache, line, sequences, capacity, options.prefillChunk());
        retryAfter = new RetryAfter(sequences);
    }

    GenerationStream submit(GenerationRequest request, int[] prompt) {
        if (prompt.length == 0) {
            throw new EngineException(EngineError.OPTION, "The prompt has no tokens. Pass other text.");
        }
        if (prompt.length >= context.longest()) {
            throw new EngineException(
                    EngineError.PROMPT_TOO_LONG,
                    "The prompt has " + prompt.length + " tokens but a sequence holds " + context.longest()
                            + ", one of them for the answer. Shorten it or raise quipu.engine.context-size.");
        }
        GenerationStream stream = new GenerationStream(request, prompt, thread::wake);
        AdapterSet set = adapters.acquire(request.adapters());
        Task task = new Task(stream, set, spill.find(set.key(), prompt), arrivals.incrementAndGet(), System.nanoTime());
        WaitingLine.Offer offer = line.offer(task);
        if (offer != WaitingLine.Offer.TAKEN) {
            adapters.release(set);
            throw offer == WaitingLine.Offer.CLOSED ? LoopThread.closed() : busy();
        }
        thread.wake();
        return stream;
    }

    private EngineBusyException busy() {
        Duration wait = retryAfter.estimate(line.size());
        return new EngineBusyException(
                queueLimit + " requests wait for the engine already. Try again in " + wait.toSeconds()
                        + " s, or raise quipu.engine.queue-limit.",
                wait);
    }

    EngineCounters counters() {
        return meter.counters(line.size());
    }

    EngineMetrics metrics() {
        return meter.metrics(line.size(), capacity);
    }

    void close() {
        closed = true;
        line.close();
        context.abort();
        thread.wake();
    }

    @Override
    public void run() {
        EngineException end = new EngineException(EngineError.CLOSED, "The engine was closed during the request.");
        try {
            serve();
        } catch (RuntimeException e) {
            // A fault of ours: who waits must hear of it, for nobody would ever answer.
            log.error("The engine ends", e);
            end = new EngineException(EngineError.CLOSED, "The engine ended by a fault: " + e, e);
            line.close();
        }
        for (Task task : scheduler.running()) {
            fail(task, end);
        }
        for (Task task : line.all()) {
            fail(task, end);
        }
        cache.idle().forEach(spill::evicting);
        thread.end();
    }

    private void serve() {
        while (!closed) {
            thread.drain();
            drop();
            admit();
            List<PassPlan.Portion> plan = scheduler.plan();
            List<Task> running = scheduler.running();
            report();
            if (plan.isEmpty()) {
                thread.sleep(untilDeadline(running));
            } else {
                pass(plan);
            }
        }
    }

    private void report() {
        meter.state(new EngineMeter.State(
                scheduler.running().size(),
                cache.used(),
                cache.cells(),
                cache.idleCount(),
                cache.evictions(),
                scheduler.preemptions()));
    }

    /** Nobody else wakes the loop for a reader that went away. */
    private long untilDeadline(List<Task> running) {
        long now = System.nanoTime();
        long least = Long.MAX_VALUE;
        for (Task task : running) {
            least = Math.min(least, task.deadline() - now);
        }
        for (Task task : line.all()) {
            least = Math.min(least, task.deadline() - now);
        }
        return Math.max(0, least);
    }

    /** Ends what was cancelled or is too late. */
    private void drop() {
        scheduler.running().forEach(this::dropIfOver);
        line.all().forEach(this::dropIfOver);
    }

    private void dropIfOver(Task task) {
        if (task.stream().cancelled()) {
            finish(task, FinishReason.CANCELLED);
        } else if (task.stream().expired()) {
            fail(task, task.stream().late());
        }
    }

    private void admit() {
        Optional<Task> admitted = scheduler.admit();
        while (admitted.isPresent()) {
            start(admitted.get());
            admitted = scheduler.admit();
        }
    }

    private void start(Task task) {
        try {
            if (!task.hasSampler()) {
                GenerationRequest request = task.stream().request();
                task.sampler(SamplerChain.of(
                        llama,
                        context.vocabulary(),
                        request.sampling(),
                        request.grammar(),
                        task.stream().prompt()));
                task.stream().scheduled();
                meter.queued.add(task.stream().age());
            }
            spill.restore(task, cache);
        } catch (EngineException e) {
            fail(task, e);
        }
    }

    private void pass(List<PassPlan.Portion> plan) {
        long begun = System.nanoTime();
        context.use(plan.getFirst().task().adapters());
        fill(plan);
        int rc = context.decode(batch);
        if (rc != 0) {
            if (!closed) {
                refuse(rc, plan);
            }
            return;
        }
        scheduler.computed(plan);
        meter.pass(plan, System.nanoTime() - begun);
        for (PassPlan.Portion portion : plan) {
            Task task = portion.task();
            int computed = cache.computed(task.held());
            // What is not from this pass, others had computed.
            meter.cachedTokens.add(task.found(computed - portion.tokens()));
            meter.promptTokens.add(task.account(computed));
            if (task.place >= 0) {
                try {
                    draw(task);
                } catch (EngineException e) {
                    fail(task, e);
                }
            }
        }
    }

    private void fill(List<PassPlan.Portion> plan) {
        batch.clear();
        for (PassPlan.Portion portion : plan) {
            Task task = portion.task();
            int from = cache.computed(task.held());
            task.place = -1;
            for (int at = from; at < from + portion.tokens(); at++) {
                boolean last = at == task.length() - 1;
                int place = batch.add(task.token(at), at, task.held().sequence, last);
                if (last) {
                    task.place = place;
                }
            }
        }
    }

    /** llama.cpp took none of the batch. When it had no room, others make some; else all in it end. */
    private void refuse(int rc, List<PassPlan.Portion> plan) {
        if (rc == 1 && (cache.giveUpIdle() || scheduler.relieve())) {
            return;
        }
        EngineException cause = new EngineException(
                EngineError.DECODE,
                "llama.cpp refused a batch of " + batch.size() + " tokens with code " + rc
                        + ". The request ends; the engine goes on.");
        for (PassPlan.Portion portion : plan) {
            cache.discard(portion.task().held());
            fail(portion.task(), cause);
        }
    }

    private void draw(Task task) {
        int token = task.sampler().sample(context.handle(), task.place);
        GenerationStream stream = task.stream();
        long now = System.nanoTime();
        if (task.generated() == 0) {
            meter.firstToken.add(stream.age());
        } else if (task.drawnAt != 0) {
            meter.betweenTokens.add(now - task.drawnAt);
        }
        task.drawnAt = now;
        Optional<byte[]> seen = context.vocabulary().drawn(token);
        if (seen.isEmpty()) {
            stream.emit(task.text().rest());
            finish(task, FinishReason.END);
            return;
        }
        task.drawn(token);
        task.sampler().likelihood(context.handle(), task.place, token).ifPresent(stream::report);
        meter.outputTokens.increment();
        byte[] piece = task.sampler().bound() ? context.vocabulary().piece(token, true) : seen.get();
        stream.emit(task.text().add(piece));
        boolean full = task.generated() >= stream.request().maxTokens() || task.length() >= context.longest();
        if (task.text().stopped()) {
            finish(task, FinishReason.STOP_TEXT);
        } else if (full || task.sampler().finished()) {
            stream.emit(task.text().rest());
            finish(task, task.sampler().finished() ? FinishReason.END : FinishReason.LENGTH);
        }
    }

    private void finish(Task task, FinishReason reason) {
        if (task.started()) {
            retryAfter.served(task.stream().age());
        }
        end(task);
        task.stream().finish(reason, task.cached(), task.generated());
    }

    private void fail(Task task, EngineException cause) {
        end(task);
        task.stream().fail(cause);
    }

    /** Before its reader hears of it, so that who heard finds the sequence free. */
    private void end(Task task) {
        scheduler.end(task);
        task.close();
        adapters.release(task.adapters());
        report();
    }
}
