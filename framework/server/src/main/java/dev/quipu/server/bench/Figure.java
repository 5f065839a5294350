package dev.quipu.server.bench;

import java.util.Arrays;
import java.util.List;

/**
 * A figure of a benchmark.
 *
 * @param name as in the documentation, for example {@code engine.decode.ratio.smollm2-135m}
 * @param unit of its values; empty for a ratio or a count
 * @param runs what each repetition came to; the figure is their median
 */
record Figure(String name, String unit, Runs runs) {
    static Figure ratio(String name, Runs ours, Runs peers) {
        return new Figure(name, "", ours.over(peers));
    }

    static Figure one(String name, String unit, double value) {
        return new Figure(name, unit, Runs.of(value));
    }

    /** The median and the 95th of a hundred, of times that are all there is. */
    static List<Figure> quantiles(String name, double[] millis) {
        double[] sorted = millis.clone();
        Arrays.sort(sorted);
        return List.of(
                one(name + "_p50_ms", "ms", sorted[sorted.length / 2]),
                one(name + "_p95_ms", "ms", sorted[sorted.length * 95 / 100]));
    }

    double value() {
        return runs.median();
    }
}
