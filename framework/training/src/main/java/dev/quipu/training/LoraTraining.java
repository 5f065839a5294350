package dev.quipu.training;

import dev.quipu.training.internal.ImitationLessons;
import dev.quipu.training.internal.TrainingRun;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Trains an adapter of a model.
 *
 * <p>The model's weights are read in place, in whatever types the file has. Whatever ends the process, the checkpoint that
 * was written last is whole, and a training that resumes it goes on to the bit as if nothing had happened, on the CPU and
 * with the same number of threads.
 *
 * <p>{@link #run} uses the calling thread and ggml's own; {@link #stop} may be called from any.
 */
public final class LoraTraining {
    private final TrainingOptions options;
    private final Examples examples;
    private final AtomicBoolean stop = new AtomicBoolean();

    public LoraTraining(TrainingOptions options, Examples examples) {
        this.options = options;
        this.examples = examples;
    }

    /**
     * Trains to the end, or until it is stopped.
     *
     * @throws TrainingException if it cannot go on; the last checkpoint is kept
     * @throws dev.quipu.QuipuException if the model or the native libraries cannot be used
     */
    public TrainingResult run(TrainingListener listener) {
        try (TrainingRun run = new TrainingRun(options, bench -> new ImitationLessons(bench, examples), listener)) {
            return run.run(stop::get);
        }
    }

    /** Ends it after the step that is being taken, with a checkpoint. */
    public void stop() {
        stop.set(true);
    }
}
