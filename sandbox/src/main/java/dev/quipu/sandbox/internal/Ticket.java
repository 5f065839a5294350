package dev.quipu.sandbox.internal;

import dev.quipu.sandbox.Job;
import dev.quipu.sandbox.Mode;
import dev.quipu.sandbox.RunningJob;
import dev.quipu.sandbox.Verdict;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** A job's way through the sandbox. Its mutable part is guarded by the sandbox's lock. */
final class Ticket implements RunningJob {
    final long number;
    final CompletableFuture<Verdict> verdict = new CompletableFuture<>();
    final long queuedNanos = System.nanoTime();
    private final Job job;
    private final Consumer<Ticket> canceller;

    Mode mode;
    String note = "";
    int starts;
    long startedNanos = queuedNanos;

    Ticket(long number, Job job, Consumer<Ticket> canceller) {
        this.number = number;
        this.job = job;
        this.mode = job.mode();
        this.canceller = canceller;
    }

    @Override
    public Job job() {
        return job;
    }

    @Override
    public CompletionStage<Verdict> verdict() {
        return verdict.minimalCompletionStage();
    }

    @Override
    public void cancel() {
        canceller.accept(this);
    }
}
