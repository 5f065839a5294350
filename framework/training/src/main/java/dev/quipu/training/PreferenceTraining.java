package dev.quipu.training;

import dev.quipu.training.internal.PreferenceLessons;
import dev.quipu.training.internal.TrainingRun;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Trains an adapter on preferences (Rafailov et al. 2023, "Direct Preference Optimization"): better answers become likelier
 * than worse ones, measured from the model without the adapter, which is the reference and costs no second model.
 *
 * <p>A batch of {@link TrainingOptions} counts pairs here, and examples are never packed. All else is as in {@link
 * LoraTraining}.
 */
public final class PreferenceTraining {
    private final TrainingOptions options;
    private final List<Preference> preferences;
    private final float beta;
    private final AtomicBoolean stop = new AtomicBoolean();

    /** @param beta how dear it is to leave the reference; 0.1 is usual */
    public PreferenceTraining(TrainingOptions options, List<Preference> preferences, float beta) {
        Ranges.require(beta > 0 && Float.isFinite(beta), "beta is " + beta + ", but has to be above 0");
        this.options = options;
        this.preferences = List.copyOf(preferences);
        this.beta = beta;
    }

    /**
     * Trains to the end, or until it is stopped.
     *
     * @throws TrainingException if it cannot go on; the last checkpoint is kept
     * @throws dev.quipu.QuipuException if the model or the native libraries cannot be used
     */
    public TrainingResult run(TrainingListener listener) {
        try (TrainingRun run =
                new TrainingRun(options, bench -> new PreferenceLessons(bench, preferences, beta), listener)) {
            return run.run(stop::get);
        }
    }

    /** Ends it after the step that is being taken, with a checkpoint. */
    public void stop() {
        stop.set(true);
    }
}
