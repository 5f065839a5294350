package dev.quipu.kg.cypher;

import dev.quipu.kg.GraphStore;
import dev.quipu.kg.Row;
import dev.quipu.kg.cypher.GraphSchema.Edge;
import dev.quipu.kg.cypher.GraphSchema.Label;
import dev.quipu.kg.cypher.GraphSchema.Property;
import dev.quipu.kg.cypher.GraphSchema.ValueType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads from a store what of an {@link Exposure} is there. Types and ends of relationships come from a sample, so that
 * a large graph is read as soon as a small one.
 */
final class SchemaReader {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int MOST_ROWS = 10_000;
    private static final int MOST_VALUES = 12;

    private final GraphStore store;
    private final Exposure exposure;

    SchemaReader(GraphStore store, Exposure exposure) {
        this.store = store;
        this.exposure = exposure;
    }

    GraphSchema read() {
        Map<String, Label> labels = new LinkedHashMap<>();
        exposure.labels().forEach((name, open) -> {
            Map<String, Property> properties = properties(name, open.properties());
            if (!properties.isEmpty()) {
                labels.put(name, new Label(name, open.about(), properties));
            }
        });
        Set<Edge> edges = new LinkedHashSet<>();
        for (Row row : rows("CALL db.relationshipTypes()")) {
            String type = row.text("relationshipType");
            if (Exposure.isName(type)) {
                edges.addAll(edges(type, labels.keySet()));
            }
        }
        return new GraphSchema(labels, new ArrayList<>(edges));
    }

    private Map<String, Property> properties(String label, Set<String> open) {
        Map<String, Property> found = new LinkedHashMap<>();
        Map<String, ValueType> types = new LinkedHashMap<>();
        for (Row row : rows(
                "MATCH (n:`%s`) WITH n LIMIT 5000 UNWIND keys(n) AS name WITH name, valueType(n[name]) AS type RETURN name, type, count(*) AS uses ORDER BY uses DESC"
                        .formatted(label))) {
            type(row.text("type")).ifPresent(t -> types.putIfAbsent(row.text("name"), t));
        }
        for (String name : open) {
            ValueType type = types.get(name);
            if (type != null) {
                found.put(name, new Property(label, name, type, values(label, name)));
            }
        }
        return found;
    }

    private List<Row> rows(String cypher) {
        return store.read(cypher, Map.of(), LIMIT, MOST_ROWS);
    }

    private static Optional<ValueType> type(String cypher) {
        String name = cypher.toUpperCase(Locale.ROOT).replace(" NOT NULL", "");
        return switch (name) {
            case "STRING" -> Optional.of(ValueType.TEXT);
            case "INTEGER", "FLOAT" -> Optional.of(ValueType.NUMBER);
            case "BOOLEAN" -> Optional.of(ValueType.BOOLEAN);
            case "DATE" -> Optional.of(ValueType.DATE);
            default -> Optional.empty();
        };
    }

    private List<String> values(String label, String property) {
        if (!exposure.listed().contains(label + "." + property)) {
            return List.of();
        }
        List<String> values = rows(
                        "MATCH (n:`%s`) WHERE n.`%s` IS NOT NULL RETURN DISTINCT toString(n.`%s`) AS value ORDER BY value LIMIT 13"
                                .formatted(label, property, property))
                .stream()
                .map(r -> r.text("value"))
                .toList();
        return values.size() > MOST_VALUES ? List.of() : values;
    }

    private List<Edge> edges(String type, Set<String> labels) {
        List<Edge> edges = new ArrayList<>();
        for (Row row :
                rows("MATCH (a)-[:`%s`]->(b) WITH labels(a) AS f, labels(b) AS t LIMIT 20000 RETURN DISTINCT f, t"
                        .formatted(type))) {
            for (String from : names(row.get("f"))) {
                for (String to : names(row.get("t"))) {
                    // A relationship from a label to itself would need a second variable of that label.
                    if (labels.contains(from) && labels.contains(to) && !from.equals(to)) {
                        edges.add(new Edge(type, from, to));
                    }
                }
            }
        }
        return edges;
    }

    private static List<String> names(@org.jspecify.annotations.Nullable Object list) {
        return list instanceof List<?> names
                ? names.stream().map(String::valueOf).toList()
                : List.of();
    }
}
