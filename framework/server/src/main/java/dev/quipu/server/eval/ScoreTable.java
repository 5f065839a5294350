package dev.quipu.server.eval;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quipu.training.metrics.Interval;
import dev.quipu.training.metrics.Metric;
import dev.quipu.training.metrics.Resampling;
import dev.quipu.training.metrics.Scores;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Scores of a run with their intervals, and how it differs from another run on the same set. */
public final class ScoreTable {
    /** How two runs differ, and how probable that is if they were equally good. */
    private record Difference(Interval by, double probability) {}

    private record Line(Interval score, Optional<Difference> difference) {}

    private final Map<String, Line> lines = new LinkedHashMap<>();
    private final int size;

    private ScoreTable(int size) {
        this.size = size;
    }

    /** @param baseline the run that it is compared with; its answers are in the same order */
    public static ScoreTable of(
            List<Metric> metrics, AnsweredSet run, Optional<AnsweredSet> baseline, Resampling resampling) {
        ScoreTable table = new ScoreTable(run.ids().size());
        for (Metric metric : metrics) {
            Scores scores = Scores.of(metric, run.said(), run.references());
            Optional<Difference> difference = baseline.map(other -> {
                Scores before = Scores.of(metric, other.said(), other.references());
                return new Difference(resampling.difference(scores, before), resampling.probability(scores, before));
            });
            table.lines.put(metric.name(), new Line(resampling.interval(scores), difference));
        }
        return table;
    }

    public String text() {
        StringBuilder text = new StringBuilder();
        text.append(String.format(Locale.ROOT, "%d answers; intervals of 95 %%%n", size));
        lines.forEach((name, line) -> {
            text.append(String.format(
                    Locale.ROOT,
                    "%-10s %9.4f  [%.4f, %.4f]",
                    name,
                    line.score.score(),
                    line.score.low(),
                    line.score.high()));
            line.difference.ifPresent(d -> text.append(String.format(
                    Locale.ROOT,
                    "   %+.4f [%+.4f, %+.4f] p = %.4f",
                    d.by.score(),
                    d.by.low(),
                    d.by.high(),
                    d.probability)));
            text.append(System.lineSeparator());
        });
        return text.toString();
    }

    /** With the prefix of the metrics' names, such as {@code eval.text}. */
    public ObjectNode json(String prefix) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ObjectNode metrics = json.putObject("metrics").put(prefix + ".answers", size);
        lines.forEach((name, line) -> {
            String key = prefix + "." + name;
            put(metrics, key, line.score);
            line.difference.ifPresent(d -> {
                put(metrics, key + ".difference", d.by);
                metrics.put(key + ".p", d.probability);
            });
        });
        return json;
    }

    private static void put(ObjectNode metrics, String key, Interval interval) {
        metrics.put(key, interval.score()).put(key + ".low", interval.low()).put(key + ".high", interval.high());
    }
}
