package dev.quipu.training.metrics;

import java.util.ArrayList;
import java.util.List;

/**
 * The pairs of a test set as numbers that a metric made of them.
 *
 * @param statistics of each pair, in the order of the set
 */
public record Scores(Metric metric, List<double[]> statistics) {
    public Scores {
        statistics = List.copyOf(statistics);
        MetricException.require(!statistics.isEmpty(), "There is no pair to score");
    }

    /**
     * Scores a set.
     *
     * @param references of each answer, any of which is right
     */
    public static Scores of(Metric metric, List<String> said, List<List<String>> references) {
        MetricException.require(
                said.size() == references.size(),
                "There are " + said.size() + " answers, but references for " + references.size());
        List<double[]> statistics = new ArrayList<>();
        for (int i = 0; i < said.size(); i++) {
            statistics.add(metric.statistics(said.get(i), references.get(i)));
        }
        return new Scores(metric, statistics);
    }

    public int size() {
        return statistics.size();
    }

    /** The score of the whole set. */
    public double score() {
        double[] sums = new double[statistics.getFirst().length];
        statistics.forEach(each -> add(sums, each));
        return metric.score(sums);
    }

    /** The score of some of the pairs, each as often as it is named. */
    double score(int[] chosen) {
        double[] sums = new double[statistics.getFirst().length];
        for (int i : chosen) {
            add(sums, statistics.get(i));
        }
        return metric.score(sums);
    }

    static void add(double[] sums, double[] more) {
        for (int i = 0; i < sums.length; i++) {
            sums[i] += more[i];
        }
    }
}
