package dev.quipu.sandbox;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/**
 * Runs untrusted Python in jails.
 *
 * <p>Thread-safe. What the code does, good or bad, is told by a {@link Verdict} and never thrown; exceptions are for jobs
 * that could not be run. Jobs beyond {@link SandboxOptions#parallel} wait in a bounded queue.
 */
public interface PythonSandbox extends AutoCloseable {
    /** Opens the best backend that works here, with the settings of this process. */
    static PythonSandbox open() {
        return open(SandboxOptions.builder().build());
    }

    /**
     * Opens the backend that the options name, else the best that works here. It has passed its self-test: its probes
     * were contained on this machine, a moment ago.
     *
     * @throws SandboxException with {@link SandboxError#UNAVAILABLE} if none can shut code in; nothing runs then
     */
    static PythonSandbox open(SandboxOptions options) {
        return Backends.open(options);
    }

    /** What shuts the code in. */
    SandboxInfo info();

    /**
     * Puts a job into the queue and returns at once.
     *
     * @throws SandboxBusyException if the queue is full
     * @throws SandboxException if the job is not acceptable or the sandbox is closed
     */
    RunningJob submit(Job job);

    /**
     * Runs a job and waits for its verdict; made for virtual threads. An interrupt cancels the job.
     *
     * @throws SandboxBusyException if the queue is full
     * @throws SandboxException if the job is not acceptable or the sandbox is closed
     */
    default Verdict run(Job job) {
        RunningJob running = submit(job);
        Future<Verdict> verdict = running.verdict().toCompletableFuture();
        try {
            return verdict.get();
        } catch (InterruptedException e) {
            running.cancel();
            Thread.currentThread().interrupt();
            throw new SandboxException(
                    SandboxError.INTERRUPTED, "Job " + job.id() + " was cancelled: its thread was interrupted.", e);
        } catch (CancellationException e) {
            throw new SandboxException(SandboxError.CLOSED, "Job " + job.id() + " was given up. Send it again.", e);
        } catch (ExecutionException | CompletionException e) {
            if (e.getCause() instanceof SandboxException failure) {
                throw failure;
            }
            throw new SandboxException(SandboxError.FAILED, "Job " + job.id() + " could not be run.", e.getCause());
        }
    }

    /** Ends all jobs and every process of the sandbox. */
    @Override
    void close();
}
