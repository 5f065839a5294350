package dev.quipu.llama.ffm.internal;

import dev.quipu.llama.EngineError;
import dev.quipu.llama.EngineException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Work that others have for the thread that owns the context, done between passes; and what wakes that thread. */
final class LoopThread {
    private final Deque<Runnable> work = new ArrayDeque<>();
    private final Semaphore wake = new Semaphore(0);
    private boolean ended;

    /** Has something done, some time before the context is freed; not at all once the loop has ended. */
    void post(Runnable task) {
        synchronized (work) {
            if (ended) {
                return;
            }
            work.add(task);
        }
        wake();
    }

    /** Has something done and waits for it. */
    <T> T call(Supplier<T> task) {
        CompletableFuture<T> result = new CompletableFuture<>();
        synchronized (work) {
            if (ended) {
                throw closed();
            }
            work.add(() -> {
                try {
                    result.complete(task.get());
                } catch (RuntimeException e) {
                    result.completeExceptionally(e);
                }
            });
        }
        wake();
        try {
            return result.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    /** Does what is there; for the loop's thread. */
    void drain() {
        @Nullable Runnable next = poll();
        while (next != null) {
            next.run();
            next = poll();
        }
    }

    private @Nullable Runnable poll() {
        synchronized (work) {
            return work.poll();
        }
    }

    /** Does the last work and takes no more. */
    void end() {
        synchronized (work) {
            ended = true;
        }
        drain();
    }

    void wake() {
        wake.release();
    }

    /** Until somebody wakes it or the time is over. */
    void sleep(long nanos) {
        try {
            wake.tryAcquire(nanos, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            // The thread is the loop's own, and close() ends it; nobody interrupts it in earnest.
        }
        wake.drainPermits();
    }

    static EngineException closed() {
        return new EngineException(EngineError.CLOSED, "The engine is closed. Load it again.");
    }
}
