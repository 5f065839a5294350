package dev.quipu.server.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The results of one measurement that was repeated. */
record Runs(List<Double> values) {
    Runs {
        values = List.copyOf(values);
    }

    static Runs of(double... values) {
        List<Double> list = new ArrayList<>();
        for (double value : values) {
            list.add(value);
        }
        return new Runs(list);
    }

    boolean isEmpty() {
        return values.isEmpty();
    }

    double median() {
        return percentile(0.5);
    }

    double low() {
        return Collections.min(values);
    }

    double high() {
        return Collections.max(values);
    }

    /** Between the two nearest values, as far as the share lies between their places. */
    double percentile(double share) {
        if (values.isEmpty()) {
            return Double.NaN;
        }
        List<Double> sorted = values.stream().sorted().toList();
        double place = share * (sorted.size() - 1);
        int below = (int) Math.floor(place);
        int above = Math.min(below + 1, sorted.size() - 1);
        return sorted.get(below) + (place - below) * (sorted.get(above) - sorted.get(below));
    }

    /** Run by run, so that what slowed the machine for a while meets both sides of an alternated pair. */
    Runs over(Runs other) {
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < Math.min(values.size(), other.values.size()); i++) {
            ratios.add(values.get(i) / other.values.get(i));
        }
        return new Runs(ratios);
    }
}
