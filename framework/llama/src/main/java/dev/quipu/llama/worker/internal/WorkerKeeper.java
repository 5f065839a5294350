package dev.quipu.llama.worker.internal;

import com.fasterxml.jackson.databind.JsonNode;
import dev.quipu.llama.EngineError;
import dev.quipu.llama.EngineException;
import dev.quipu.llama.EngineLostException;
import dev.quipu.llama.EngineOptions;
import dev.quipu.llama.GenerationRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps one process running, and starts the next when it ends. */
final class WorkerKeeper implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WorkerKeeper.class);

    /** Processes that may end one after the other without having loaded the model; then the engine has failed. */
    private static final int TRIES = 3;

    private static final Duration RESTART = Duration.ofMinutes(10);

    private final EngineOptions options;
    private final Map<String, String> adapters = new ConcurrentSkipListMap<>();
    private volatile CompletableFuture<WorkerProcess> serving;
    private volatile boolean closed;

    WorkerKeeper(EngineOptions options) {
        this.options = options;
        serving = new CompletableFuture<>();
        WorkerProcess first = WorkerProcess.start(options, options.progress(), this::ended);
        serving.complete(first);
        settle(first);
    }

    /** The process, or the one that is being started in its place, once it is ready. */
    WorkerProcess current() {
        return current(RESTART);
    }

    private WorkerProcess current(Duration patience) {
        if (closed) {
            throw closed();
        }
        try {
            return serving.get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof EngineException failure
                    ? failure
                    : new EngineException(EngineError.WORKER, "The engine's process does not start.", e);
        } catch (TimeoutException e) {
            throw new EngineException(
                    EngineError.DEADLINE,
                    "The engine's process is being started again, which took longer than the request's deadline of "
                            + patience.toMillis() + " ms. Try again.",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EngineException(EngineError.WORKER, "The wait for the engine's process was interrupted.", e);
        }
    }

    /** The process, unless one is being started; never waits. */
    Optional<WorkerProcess> ready() {
        if (closed) {
            throw closed();
        }
        return serving.isCompletedExceptionally()
                ? Optional.empty()
                : Optional.ofNullable(serving.getNow(null)).filter(process -> !process.ended());
    }

    /** A request that the process lost before it had begun goes to the next process. */
    RemoteGeneration generate(GenerationRequest request) {
        long start = System.nanoTime();
        for (int attempt = 1; ; attempt++) {
            Duration left = request.deadline().minusNanos(System.nanoTime() - start);
            WorkerProcess process = current(left);
            try {
                return process.generate(left.isPositive() ? request.withDeadline(left) : request);
            } catch (EngineLostException e) {
                if (attempt == TRIES) {
                    throw e;
                }
            }
        }
    }

    private static EngineException closed() {
        return new EngineException(EngineError.CLOSED, "The engine is closed. Load it again.");
    }

    /** Called by the thread that received from a process, after its end. */
    private synchronized void ended(WorkerProcess process) {
        if (closed || serving.isCompletedExceptionally() || serving.getNow(null) != process) {
            return;
        }
        LOG.atWarn().addKeyValue("model", options.model()).log("The engine's process ended; it is started again");
        CompletableFuture<WorkerProcess> next = new CompletableFuture<>();
        serving = next;
        Thread.ofVirtual().name("quipu-worker-start").start(() -> restart(next));
    }

    private void restart(CompletableFuture<WorkerProcess> next) {
        long start = System.nanoTime();
        for (int attempt = 1; !closed; attempt++) {
            try {
                WorkerProcess process = WorkerProcess.start(options, share -> {}, this::ended);
                adapters.forEach(
                        (name, file) -> process.ask(id -> new Message.LoadAdapter(id, name, file), JsonNode.class));
                LOG.atInfo()
                        .addKeyValue("millis", (System.nanoTime() - start) / 1_000_000)
                        .log("The engine's process serves again");
                next.complete(process);
                settle(process);
                return;
            } catch (EngineException e) {
                LOG.atError().addKeyValue("attempt", attempt).setCause(e).log("The engine's process did not start");
                if (attempt == TRIES) {
                    next.completeExceptionally(e);
                    return;
                }
            }
        }
        next.completeExceptionally(closed());
    }

    /** The engine may have been closed, or the process have ended, before it counted as the one that serves. */
    private void settle(WorkerProcess process) {
        if (closed) {
            process.close();
        } else if (process.ended()) {
            ended(process);
        }
    }

    void remember(String name, String file) {
        adapters.put(name, file);
    }

    void forget(String name) {
        adapters.remove(name);
    }

    List<String> adapters() {
        return List.copyOf(adapters.keySet());
    }

    @Override
    public void close() {
        CompletableFuture<WorkerProcess> last;
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            last = serving;
        }
        try {
            last.join().close();
        } catch (CompletionException e) {
            LOG.atDebug().setCause(e).log("There was no process to close");
        }
    }
}
