package dev.quipu.training.metrics;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * How sure scores are, by drawing the same set anew (Koehn, Statistical significance tests for machine translation
 * evaluation, 2004; Riezler and Maxwell, On some pitfalls in automatic evaluation, 2005).
 *
 * @param draws how often
 * @param seed of the draws; the same one gives the same numbers
 */
public record Resampling(int draws, long seed) {
    public static final Resampling STANDARD = new Resampling(1000, 12345);

    public Resampling {
        MetricException.require(draws >= 40, draws + " draws are too few to leave out one in forty at each end");
    }

    /** The score with its interval of 95 %, by drawing pairs with replacement. */
    public Interval interval(Scores scores) {
        double[] drawn = new double[draws];
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < draws; i++) {
            drawn[i] = scores.score(random.ints(scores.size(), 0, scores.size()).toArray());
        }
        Arrays.sort(drawn);
        int out = draws / 40;
        return new Interval(scores.score(), drawn[out], drawn[draws - 1 - out]);
    }

    /** How much better one run is than another on the same set, with its interval of 95 %, pairs drawn for both alike. */
    public Interval difference(Scores one, Scores other) {
        requireSame(one, other);
        double[] drawn = new double[draws];
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < draws; i++) {
            int[] chosen = random.ints(one.size(), 0, one.size()).toArray();
            drawn[i] = one.score(chosen) - other.score(chosen);
        }
        Arrays.sort(drawn);
        int out = draws / 40;
        return new Interval(one.score() - other.score(), drawn[out], drawn[draws - 1 - out]);
    }

    /**
     * The probability of a difference as large as that of two runs if they were equally good: how often it is as large when
     * each pair's answers change sides by chance (two-sided approximate randomization).
     */
    public double probability(Scores one, Scores other) {
        requireSame(one, other);
        double real = Math.abs(one.score() - other.score());
        SplittableRandom random = new SplittableRandom(seed);
        int asLarge = 0;
        for (int i = 0; i < draws; i++) {
            asLarge += exchanged(one, other, random) >= real - 1e-12 ? 1 : 0;
        }
        return (asLarge + 1.0) / (draws + 1.0);
    }

    private static double exchanged(Scores one, Scores other, SplittableRandom random) {
        double[] left = new double[one.statistics().getFirst().length];
        double[] right = new double[left.length];
        for (int i = 0; i < one.size(); i++) {
            boolean stays = random.nextBoolean();
            Scores.add(stays ? left : right, one.statistics().get(i));
            Scores.add(stays ? right : left, other.statistics().get(i));
        }
        return Math.abs(one.metric().score(left) - other.metric().score(right));
    }

    private static void requireSame(Scores one, Scores other) {
        MetricException.require(
                one.size() == other.size() && one.metric().equals(other.metric()),
                "Two runs are compared by the same metric on the same set, but these have " + one.size() + " and "
                        + other.size() + " pairs");
    }
}
