package dev.quipu.kg.text;

import java.util.HashMap;
import java.util.Map;
import java.util.function.IntPredicate;

/** A score for each passage, with what is needed to compare it across questions: the best, the ranks and the spread. */
final class Scores {
    private final float[] values;
    private final int[] best;
    private final Map<Integer, Integer> ranks = new HashMap<>();
    private final int ranked;
    private final float mean;
    private final float deviation;

    /** @param live which passages there are; the others count for nothing */
    Scores(float[] values, int ranked, IntPredicate live, IntPredicate allowed) {
        this.values = values;
        this.ranked = ranked;
        best = TopFloats.of(values, ranked, allowed);
        for (int i = 0; i < best.length; i++) {
            ranks.put(best[i], i);
        }
        double sum = 0;
        double squares = 0;
        int count = 0;
        for (int p = 0; p < values.length; p++) {
            if (live.test(p)) {
                sum += values[p];
                squares += (double) values[p] * values[p];
                count++;
            }
        }
        count = Math.max(1, count);
        mean = (float) (sum / count);
        deviation = (float) Math.sqrt(Math.max(0, squares / count - (sum / count) * (sum / count))) + 1e-9f;
    }

    /** The passages with the best scores, best first. */
    int[] best() {
        return best;
    }

    float of(int passage) {
        return values[passage];
    }

    float most() {
        return best.length == 0 ? 0 : values[best[0]];
    }

    /** Near 0.1 for the best passage, less with its rank. */
    float byRank(int passage) {
        return 1f / (10 + ranks.getOrDefault(passage, ranked));
    }

    /** How many standard deviations a passage is above the mean. */
    float spread(int passage) {
        return (values[passage] - mean) / deviation;
    }
}
