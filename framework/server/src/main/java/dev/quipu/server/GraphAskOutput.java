package dev.quipu.server;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quipu.Fact;
import dev.quipu.Mention;
import dev.quipu.Source;
import dev.quipu.Subgraph;
import dev.quipu.server.GraphAskCommand.Found;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What a question found, for a person and for a program. */
final class GraphAskOutput {
    private GraphAskOutput() {}

    static String text(Found found) {
        StringBuilder out = new StringBuilder();
        line(
                out,
                "intent",
                found.intent().map(i -> i.name() + missing(i.missing())).orElse("none"));
        for (Mention mention : found.understanding().mentions()) {
            line(out, "mention", mention.slot() + " " + mention.id() + " (" + stage(mention) + ")");
        }
        for (Fact fact : found.retrieval().facts()) {
            String sources = fact.sources().stream().map(Source::toString).collect(Collectors.joining(", "));
            line(out, fact.id(), fact.text() + "  [" + sources + "]");
        }
        if (found.retrieval().facts().isEmpty()) {
            line(out, "facts", "none");
        }
        paths(found.retrieval().graph()).forEach(p -> line(out, "path", p));
        line(
                out,
                "time",
                String.format(
                        Locale.ROOT,
                        "%.1f ms to understand, %.1f ms to retrieve",
                        found.understandMillis(),
                        found.retrieveMillis()));
        return out.toString().stripTrailing();
    }

    private static String missing(List<String> slots) {
        return slots.isEmpty() ? "" : ", which lacks " + String.join(", ", slots);
    }

    private static void line(StringBuilder out, String name, String text) {
        out.append(String.format(Locale.ROOT, "%-9s", name)).append(text).append('\n');
    }

    private static String stage(Mention mention) {
        return mention.how().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    static ObjectNode json(Found found) {
        ObjectNode root = Json.create();
        found.intent().ifPresentOrElse(i -> root.put("intent", i.name()), () -> root.putNull("intent"));
        root.set("missing", Json.tree(found.intent().map(i -> i.missing()).orElse(List.of())));
        root.put("certain", found.understanding().certain());
        ArrayNode mentions = root.putArray("mentions");
        for (Mention mention : found.understanding().mentions()) {
            mentions.addObject()
                    .put("slot", mention.slot())
                    .put("id", mention.id())
                    .put("name", mention.name())
                    .put("score", mention.score())
                    .put("stage", stage(mention));
        }
        ArrayNode facts = root.putArray("facts");
        for (Fact fact : found.retrieval().facts()) {
            ObjectNode node = facts.addObject()
                    .put("id", fact.id())
                    .put("type", fact.type())
                    .put("text", fact.text());
            node.set("values", Json.tree(fact.values()));
            ArrayNode sources = node.putArray("sources");
            fact.sources().forEach(s -> sources.add(s.toString()));
        }
        root.set("paths", Json.tree(paths(found.retrieval().graph())));
        root.put("query", found.retrieval().query());
        root.putObject("ms").put("understand", found.understandMillis()).put("retrieve", found.retrieveMillis());
        return root;
    }

    /** The relationships of a subgraph, one a line, as Cypher writes them. */
    private static List<String> paths(Subgraph graph) {
        Map<String, String> nodes = new LinkedHashMap<>();
        graph.nodes().forEach(n -> nodes.put(n.id(), "(" + n.label() + " " + n.caption() + ")"));
        return graph.edges().stream()
                .map(e -> nodes.get(e.from()) + "-[" + e.type() + "]->" + nodes.get(e.to()))
                .toList();
    }
}
