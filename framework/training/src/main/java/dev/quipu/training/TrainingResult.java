package dev.quipu.training;

import java.nio.file.Path;
import java.util.List;

/**
 * What came of a training.
 *
 * @param adapter its file; not written when it was stopped
 * @param step the last one that was taken
 * @param losses of all steps, those before a resumption too
 * @param stopped whether it was stopped before its end, with a checkpoint
 * @param memory bytes of everything beside the model's own weights
 */
public record TrainingResult(Path adapter, int step, int steps, List<Float> losses, boolean stopped, long memory) {
    public TrainingResult {
        losses = List.copyOf(losses);
    }

    /** The mean loss of the last tenth of the steps. */
    public double loss() {
        int from = losses.size() - Math.max(1, losses.size() / 10);
        return losses.subList(Math.max(0, from), losses.size()).stream()
                .mapToDouble(Float::doubleValue)
                .average()
                .orElse(Double.NaN);
    }
}
