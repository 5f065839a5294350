package dev.quipu.sandbox;

import java.util.concurrent.CompletionStage;

/** A job that waits or runs. */
public interface RunningJob {
    Job job();

    /** Completes with the verdict, or with a {@link SandboxException} if the sandbox was closed. */
    CompletionStage<Verdict> verdict();

    /** Ends the job and its processes; its verdict is {@link Outcome#CANCELLED} unless it was already there. */
    void cancel();
}
