package dev.quipu.llama.worker.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.quipu.llama.EngineError;
import dev.quipu.llama.EngineException;
import dev.quipu.llama.EngineOptions;
import dev.quipu.llama.GenerationRequest;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.DoubleConsumer;
import java.util.function.LongFunction;

/** One process with an engine, from its start to its end. Thread-safe. */
final class WorkerProcess implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 5;

    private final Process process;
    private final Wire wire;
    private final Message.Ready ready;
    private final AtomicLong ids = new AtomicLong();
    private final Map<Long, CompletableFuture<JsonNode>> asked = new ConcurrentHashMap<>();
    private final Map<Long, RemoteGeneration> generations = new ConcurrentHashMap<>();
    private volatile boolean closing;
    private volatile boolean ended;

    private WorkerProcess(Process process, Wire wire, Message.Ready ready) {
        this.process = process;
        this.wire = wire;
        this.ready = ready;
    }

    /**
     * Starts a process and waits until its model is loaded.
     *
     * @param onEnd called once when it has ended, however that came about
     * @throws EngineException if it does not start, or as loading the model in this process would
     */
    static WorkerProcess start(EngineOptions options, DoubleConsumer progress, Consumer<WorkerProcess> onEnd) {
        WorkerLaunch.Connected connected = WorkerLaunch.start(options);
        Message.Ready ready;
        try {
            ready = untilReady(connected.wire(), progress);
        } catch (IOException e) {
            connected.process().destroyForcibly();
            throw new EngineException(
                    EngineError.WORKER,
                    "The engine's process ended while it loaded " + options.model()
                            + "; what it wrote to standard error says why.",
                    e);
        } catch (RuntimeException e) {
            connected.process().destroyForcibly();
            throw e;
        }
        WorkerProcess worker = new WorkerProcess(connected.process(), connected.wire(), ready);
        Thread.ofPlatform().name("quipu-worker-reader").daemon().start(() -> worker.receiveAll(onEnd));
        return worker;
    }

    private static Message.Ready untilReady(Wire wire, DoubleConsumer progress) throws IOException {
        while (true) {
            switch (wire.receive()) {
                case Message.Progress p -> progress.accept(p.share());
                case Message.Ready r -> {
                    return r;
                }
                case Message.Failure f -> throw Failures.exception(f);
                case Message other -> throw new IOException("unexpected " + other);
            }
        }
    }

    Message.Ready ready() {
        return ready;
    }

    boolean ended() {
        return ended;
    }

    ProcessHandle handle() {
        return process.toHandle();
    }

    private void receiveAll(Consumer<WorkerProcess> onEnd) {
        try {
            while (true) {
                if (wire.receive() instanceof Message.Answer answer) {
                    arrived(answer);
                }
            }
        } catch (IOException e) {
            ended = true;
            // First, so that whoever hears of the end finds the next process and not this one.
            onEnd.accept(this);
            end();
        }
    }

    private void arrived(Message.Answer answer) {
        CompletableFuture<JsonNode> call = asked.remove(answer.id());
        if (call != null) {
            switch (answer) {
                case Message.Reply reply -> call.complete(reply.value());
                case Message.Failure failure -> {
                    generations.remove(answer.id());
                    call.completeExceptionally(Failures.exception(failure));
                }
                case Message.Answer other ->
                    call.completeExceptionally(new EngineException(EngineError.WORKER, "Unexpected " + other + "."));
            }
            return;
        }
        RemoteGeneration generation =
                answer instanceof Message.Text ? generations.get(answer.id()) : generations.remove(answer.id());
        if (generation != null) {
            generation.arrived(answer);
        }
    }

    private void end() {
        process.destroyForcibly();
        EngineException lost = lost();
        asked.values().forEach(call -> call.completeExceptionally(lost));
        generations.values().forEach(generation -> generation.lost(lost));
        asked.clear();
        generations.clear();
    }

    private EngineException lost() {
        if (closing) {
            return new EngineException(EngineError.CLOSED, "The engine was closed. Load it again.");
        }
        return Failures.lost(how());
    }

    private String how() {
        try {
            return process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)
                    ? "exit status " + process.exitValue()
                    : "it closed its connection";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "it closed its connection";
        }
    }

    /** Asks and waits for the answer. */
    <T> T ask(LongFunction<Message.Question> question, Class<T> type) {
        return ask(question.apply(ids.incrementAndGet()), type);
    }

    private <T> T ask(Message.Question question, Class<T> type) {
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        asked.put(question.id(), answer);
        tell(question);
        if (ended) {
            answer.completeExceptionally(lost());
        }
        try {
            return Wire.JSON.treeToValue(answer.join(), type);
        } catch (CompletionException e) {
            throw e.getCause() instanceof EngineException failure
                    ? failure
                    : new EngineException(EngineError.WORKER, "The engine's process did not answer.", e);
        } catch (JsonProcessingException e) {
            throw new EngineException(EngineError.WORKER, "The engine's process answered what is no answer.", e);
        } finally {
            asked.remove(question.id());
        }
    }

    /** @throws EngineException as the engine's own call would */
    RemoteGeneration generate(GenerationRequest request) {
        long id = ids.incrementAndGet();
        RemoteGeneration generation = new RemoteGeneration(id, this);
        generations.put(id, generation);
        try {
            ask(new Message.Generate(id, request), JsonNode.class);
        } catch (RuntimeException e) {
            generations.remove(id);
            throw e;
        }
        if (ended) {
            generation.lost(lost());
        }
        return generation;
    }

    /** Sends; when the process is gone, whoever waits for it hears so by other ways. */
    void tell(Message message) {
        try {
            wire.send(message);
        } catch (IOException e) {
            if (message instanceof Message.Question question) {
                CompletableFuture<JsonNode> call = asked.remove(question.id());
                if (call != null) {
                    call.completeExceptionally(lost());
                }
            }
        }
    }

    /** Ends the process: it closes its engine when the connection closes, and is killed if that takes too long. */
    @Override
    public void close() {
        closing = true;
        try {
            wire.close();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
