package dev.quipu.server.bench;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/** The figures of a run of the benchmarks, and what could not be measured. */
final class Figures {
    private final Map<String, Figure> figures = new LinkedHashMap<>();
    private final TreeSet<String> missing = new TreeSet<>();

    /** Each figure is told as soon as it is there: a run takes long and may be stopped. */
    void add(Figure figure) {
        if (!figure.runs().isEmpty()) {
            figures.put(figure.name(), figure);
            System.err.println(line(figure));
        }
    }

    void addAll(List<Figure> all) {
        all.forEach(this::add);
    }

    /** Notes why a figure is left out, and what would bring it. */
    void miss(String reason) {
        missing.add(reason);
    }

    private static String line(Figure figure) {
        Runs runs = figure.runs();
        return String.format(
                Locale.ROOT,
                "%-52s %12.4g %-6s %d runs, %.4g to %.4g",
                figure.name(),
                figure.value(),
                figure.unit(),
                runs.values().size(),
                runs.low(),
                runs.high());
    }

    String text() {
        StringBuilder text = new StringBuilder();
        figures.values().forEach(figure -> text.append(line(figure)).append(System.lineSeparator()));
        missing.forEach(reason -> text.append("left out: ").append(reason).append(System.lineSeparator()));
        return text.toString();
    }

    ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ObjectNode metrics = json.putObject("metrics");
        figures.values().forEach(figure -> metrics.put(figure.name(), figure.value()));
        ObjectNode runs = json.putObject("runs");
        figures.values().forEach(figure -> {
            ObjectNode one = runs.putObject(figure.name());
            ArrayNode values = one.put("unit", figure.unit())
                    .put("low", figure.runs().low())
                    .put("high", figure.runs().high())
                    .putArray("values");
            figure.runs().values().forEach(values::add);
        });
        ArrayNode left = json.putArray("left_out");
        missing.forEach(left::add);
        return json;
    }
}
