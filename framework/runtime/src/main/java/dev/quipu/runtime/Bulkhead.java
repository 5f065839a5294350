package dev.quipu.runtime;

import dev.quipu.ApiError;
import dev.quipu.QuipuException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Runs blocking work on virtual threads, so much of it at once and each piece until its deadline.
 *
 * <p>Work that is given up is interrupted but keeps its place until it really ends. A store that hangs therefore fills
 * the places and later work fails at its deadline, instead of piling up threads.
 */
final class Bulkhead {
    private final ExecutorService threads;
    private final Semaphore places;

    Bulkhead(ExecutorService threads, int places) {
        this.threads = threads;
        this.places = new Semaphore(places, true);
    }

    /**
     * Waits for the work's result.
     *
     * @throws QuipuException the work's own, or one that says that it failed or did not end in time
     */
    <T> T call(String step, Deadline deadline, Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(work);
        try {
            if (!places.tryAcquire(deadline.remaining(), TimeUnit.NANOSECONDS)) {
                throw late(step, "waited for one of the places for concurrent steps");
            }
            start(task);
            return task.get(deadline.remaining(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            task.cancel(true);
            throw late(step, "did not end");
        } catch (InterruptedException e) {
            task.cancel(true);
            Thread.currentThread().interrupt();
            throw new QuipuException(ApiError.CLOSED, "The assistant was closed during " + step + ". Ask another.", e);
        } catch (ExecutionException e) {
            throw failure(step, e);
        }
    }

    private void start(FutureTask<?> task) {
        try {
            threads.execute(() -> {
                try {
                    task.run();
                } finally {
                    places.release();
                }
            });
        } catch (RejectedExecutionException e) {
            places.release();
            throw new QuipuException(ApiError.CLOSED, "The assistant is closed. Build a new one.", e);
        }
    }

    private static QuipuException late(String step, String what) {
        return new QuipuException(
                RuntimeError.STEP_DEADLINE,
                "The step " + step + " " + what + " before its deadline. Look at the part that it calls, or raise the"
                        + " deadlines or quipu.runtime.max-concurrent-steps.");
    }

    private static QuipuException failure(String step, ExecutionException e) {
        return e.getCause() instanceof QuipuException known
                ? known
                : new QuipuException(
                        RuntimeError.INTERNAL,
                        "The step " + step + " failed with "
                                + (e.getCause() == null ? e : e.getCause())
                                        .getClass()
                                        .getName()
                                + ". Report it with its cause.",
                        e.getCause());
    }
}
