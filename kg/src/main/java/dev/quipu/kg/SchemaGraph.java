package dev.quipu.kg;

import dev.quipu.Subgraph;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The shape of a graph: its labels as nodes, with the types of relationships between them. */
public final class SchemaGraph {
    private static final Set<String> OWN = Set.of("LoadedFile");

    private SchemaGraph() {}

    /** Read from Neo4j's own summary, so that it costs the same whatever the size; each label says how many there are. */
    public static Subgraph of(GraphStore store) {
        Map<String, Long> counts = GraphStatistics.of(store).nodes();
        Map<String, String> labels = new HashMap<>();
        List<Subgraph.Node> nodes = new ArrayList<>();
        Set<Subgraph.Edge> edges = new LinkedHashSet<>();
        for (Row row : store.read("CALL db.schema.visualization()", Map.of())) {
            for (GraphValue.Node node : values(row, "nodes", GraphValue.Node.class)) {
                String label = node.labels().getFirst();
                if (!OWN.contains(label) && counts.containsKey(label)) {
                    labels.put(node.id(), label);
                    nodes.add(new Subgraph.Node(label, label, label + " × " + counts.get(label)));
                }
            }
            for (GraphValue.Relationship one : values(row, "relationships", GraphValue.Relationship.class)) {
                String from = labels.get(one.from());
                String to = labels.get(one.to());
                if (from != null && to != null) {
                    edges.add(new Subgraph.Edge(from, to, one.type()));
                }
            }
        }
        return new Subgraph(nodes, List.copyOf(edges));
    }

    private static <T> List<T> values(Row row, String column, Class<T> type) {
        return row.get(column) instanceof List<?> list
                ? list.stream().filter(type::isInstance).map(type::cast).toList()
                : List.of();
    }
}
