package dev.quipu.kg;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.neo4j.driver.Record;
import org.neo4j.driver.types.Entity;
import org.neo4j.driver.types.IsoDuration;
import org.neo4j.driver.types.Node;
import org.neo4j.driver.types.Path;
import org.neo4j.driver.types.Point;
import org.neo4j.driver.types.Relationship;

/** Turns the driver's values into plain ones. */
final class DriverValues {
    private DriverValues() {}

    static Row row(Record record) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (String key : record.keys()) {
            Object value = plain(record.get(key).asObject());
            if (value != null) {
                values.put(key, value);
            }
        }
        return new Row(values);
    }

    private static @Nullable Object plain(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case Node node -> node(node);
            case Relationship relationship -> relationship(relationship);
            case Path path -> path(path);
            case List<?> list -> list(list);
            case Map<?, ?> map -> map(map);
            case IsoDuration duration -> duration.toString();
            case Point point -> point.toString();
            case java.time.temporal.TemporalAccessor time -> time.toString();
            default -> value;
        };
    }

    private static List<Object> list(List<?> list) {
        List<Object> values = new ArrayList<>(list.size());
        for (Object element : list) {
            Object value = plain(element);
            if (value != null) {
                values.add(value);
            }
        }
        return values;
    }

    private static Map<String, Object> map(Map<?, ?> map) {
        Map<String, Object> values = new LinkedHashMap<>();
        map.forEach((k, v) -> {
            Object value = plain(v);
            if (value != null) {
                values.put(String.valueOf(k), value);
            }
        });
        return values;
    }

    private static GraphValue.Node node(Node node) {
        List<String> labels = new ArrayList<>();
        node.labels().forEach(labels::add);
        return new GraphValue.Node(node.elementId(), labels, properties(node));
    }

    private static GraphValue.Relationship relationship(Relationship r) {
        return new GraphValue.Relationship(
                r.elementId(), r.startNodeElementId(), r.endNodeElementId(), r.type(), properties(r));
    }

    private static GraphValue.Path path(Path path) {
        List<GraphValue.Node> nodes = new ArrayList<>();
        List<GraphValue.Relationship> relationships = new ArrayList<>();
        path.nodes().forEach(n -> nodes.add(node(n)));
        path.relationships().forEach(r -> relationships.add(relationship(r)));
        return new GraphValue.Path(nodes, relationships);
    }

    private static Map<String, Object> properties(Entity entity) {
        return map(entity.asMap());
    }
}
