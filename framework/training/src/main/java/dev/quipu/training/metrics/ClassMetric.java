package dev.quipu.training.metrics;

import java.util.List;

/** Accuracy or macro-F1 as a {@link Metric}, so that they have intervals and tests like the others. */
public record ClassMetric(boolean macro, List<String> labels) implements Metric {
    public ClassMetric {
        labels = List.copyOf(labels);
    }

    /** Share of answers that are right. */
    public static ClassMetric accuracy(List<String> labels) {
        return new ClassMetric(false, labels);
    }

    /** The mean of the classes' F1. A class that a resampled set lacks altogether does not count in it. */
    public static ClassMetric macroF1(List<String> labels) {
        return new ClassMetric(true, labels);
    }

    @Override
    public String name() {
        return macro ? "macro_f1" : "accuracy";
    }

    /** For each class: right, said, both. */
    @Override
    public double[] statistics(String said, List<String> references) {
        double[] statistics = new double[3 * labels.size()];
        int right = index(references.getFirst());
        int answer = index(said);
        statistics[3 * right]++;
        statistics[3 * answer + 1]++;
        statistics[3 * answer + 2] += right == answer ? 1 : 0;
        return statistics;
    }

    private int index(String label) {
        int index = labels.indexOf(label);
        MetricException.require(index >= 0, "'" + label + "' is none of the classes " + labels);
        return index;
    }

    @Override
    public double score(double[] sums) {
        double all = 0;
        double both = 0;
        double f1 = 0;
        int classes = 0;
        for (int i = 0; i < sums.length; i += 3) {
            all += sums[i];
            both += sums[i + 2];
            if (sums[i] + sums[i + 1] > 0) {
                f1 += 2 * sums[i + 2] / (sums[i] + sums[i + 1]);
                classes++;
            }
        }
        return macro ? f1 / classes : both / all;
    }
}
