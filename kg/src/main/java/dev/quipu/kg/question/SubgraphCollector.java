package dev.quipu.kg.question;

import dev.quipu.Source;
import dev.quipu.Subgraph;
import dev.quipu.kg.GraphValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Gathers the nodes and relationships of result rows, up to what can be drawn; the sources of all are kept. */
final class SubgraphCollector {
    private static final int MOST = 40;
    private static final List<String> CAPTIONS = List.of("name", "title", "value", "tracking", "kind", "id");

    private final Map<String, Subgraph.Node> nodes = new LinkedHashMap<>();
    private final Map<String, Subgraph.Edge> edges = new LinkedHashMap<>();

    /** Adds a value if it is a part of the graph, and says whether it was. */
    boolean add(Object value, Set<Source> sources) {
        switch (value) {
            case GraphValue.Node node -> node(node, sources);
            case GraphValue.Relationship relationship -> edge(relationship);
            case GraphValue.Path path -> {
                path.nodes().forEach(n -> node(n, sources));
                path.relationships().forEach(this::edge);
            }
            case List<?> list -> {
                if (list.isEmpty() || !(list.getFirst() instanceof GraphValue)) {
                    return false;
                }
                list.forEach(v -> add(v, sources));
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    Subgraph subgraph() {
        List<Subgraph.Edge> drawn = edges.values().stream()
                .filter(e -> nodes.containsKey(e.from()) && nodes.containsKey(e.to()))
                .toList();
        return new Subgraph(List.copyOf(nodes.values()), drawn);
    }

    private void node(GraphValue.Node node, Set<Source> sources) {
        node.properties().forEach((key, value) -> {
            if (key.startsWith("in_")) {
                String text = value.toString();
                int colon = text.lastIndexOf(':');
                sources.add(new Source(text.substring(0, colon), Long.parseLong(text.substring(colon + 1))));
            }
        });
        if (nodes.size() < MOST) {
            nodes.putIfAbsent(node.id(), new Subgraph.Node(node.id(), String.join(":", node.labels()), caption(node)));
        }
    }

    private static String caption(GraphValue.Node node) {
        for (String property : CAPTIONS) {
            @Nullable Object value = node.properties().get(property);
            if (value != null) {
                return value.toString();
            }
        }
        return "";
    }

    private void edge(GraphValue.Relationship relationship) {
        edges.putIfAbsent(
                relationship.id(), new Subgraph.Edge(relationship.from(), relationship.to(), relationship.type()));
    }
}
