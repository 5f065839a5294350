package dev.quipu.training.metrics;

import java.util.List;

/**
 * A measure of what was said against what was wanted, in two steps: numbers of each pair that can be added up, and the score
 * of their sums. So a corpus has a score that is more than a mean, and resampling costs additions alone.
 */
public interface Metric {
    String name();

    /**
     * The numbers of one pair; always as many.
     *
     * @param references any of which is right; at least one
     */
    double[] statistics(String said, List<String> references);

    /** The score of sums. */
    double score(double[] sums);

    /** The score of one pair. */
    default double score(String said, List<String> references) {
        return score(statistics(said, references));
    }
}
