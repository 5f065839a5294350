package dev.quipu.server.bench;

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

    double value() {
        return runs.median();
    }
}
