package dev.quipu.server.eval;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Recall and times of a retrieval set's questions. Not thread-safe. */
public final class RetrievalScore {
    private static final int[] DEPTHS = {2, 5, 10};

    private final double[] recalls = new double[DEPTHS.length];
    private final List<Double> millis = new ArrayList<>();

    /** Counts a question. */
    public void add(RetrievalSet.Query query, List<Integer> ranked, double took) {
        for (int i = 0; i < DEPTHS.length; i++) {
            recalls[i] += query.recall(ranked, DEPTHS[i]);
        }
        millis.add(took);
    }

    /** The mean recall among the first 2, 5 or 10, in percent. */
    public double recall(int depth) {
        return 100 * recalls[Arrays.binarySearch(DEPTHS, depth)] / Math.max(1, millis.size());
    }

    /** The time that a share of the questions stayed below. */
    public double quantile(double share) {
        List<Double> sorted = millis.stream().sorted().toList();
        return sorted.isEmpty() ? 0 : sorted.get(Math.min(sorted.size() - 1, (int) (sorted.size() * share)));
    }

    /** One line for a person. */
    public String line() {
        return String.format(
                Locale.ROOT,
                "%d questions: recall@2 %.1f, @5 %.1f, @10 %.1f; p50 %.1f ms, p95 %.1f ms",
                millis.size(),
                recall(2),
                recall(5),
                recall(10),
                quantile(0.5),
                quantile(0.95));
    }
}
