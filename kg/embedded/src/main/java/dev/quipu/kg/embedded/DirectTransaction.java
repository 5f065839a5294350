package dev.quipu.kg.embedded;

import dev.quipu.kg.GraphStore;
import dev.quipu.kg.GraphTransaction;
import dev.quipu.kg.Row;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.neo4j.graphdb.Direction;
import org.neo4j.graphdb.Entity;
import org.neo4j.graphdb.Label;
import org.neo4j.graphdb.Node;
import org.neo4j.graphdb.QueryStatistics;
import org.neo4j.graphdb.Relationship;
import org.neo4j.graphdb.RelationshipType;
import org.neo4j.graphdb.ResourceIterable;
import org.neo4j.graphdb.ResourceIterator;
import org.neo4j.graphdb.Result;
import org.neo4j.graphdb.Transaction;

/** A transaction on Neo4j's own interface: rows are merged without the query engine and without Bolt. */
record DirectTransaction(Transaction tx) implements GraphTransaction {
    @Override
    public Outcome run(GraphStore.Statement statement) {
        try (Result result = tx.execute(statement.cypher(), statement.parameters())) {
            List<Row> rows = new ArrayList<>();
            while (result.hasNext()) {
                Map<String, Object> values = new HashMap<>();
                result.next().forEach((column, value) -> {
                    if (value != null) {
                        values.put(column, value);
                    }
                });
                rows.add(new Row(values));
            }
            QueryStatistics did = result.getQueryStatistics();
            return new Outcome(rows, did.getNodesCreated(), did.getNodesDeleted());
        }
    }

    @Override
    public Outcome merge(NodeRows nodes) {
        Label label = Label.label(nodes.label());
        int created = 0;
        for (NodeRow row : nodes.rows()) {
            @Nullable Node node = tx.findNode(label, nodes.key(), row.key());
            if (node == null) {
                node = tx.createNode(label);
                node.setProperty(nodes.key(), row.key());
                created++;
            }
            set(node, row.properties());
        }
        return new Outcome(List.of(), created, 0);
    }

    @Override
    public Merged merge(RelationshipRows relationships) {
        RelationshipType type = RelationshipType.withName(relationships.type());
        List<Dangling> dangling = new ArrayList<>();
        Ends from = new Ends(relationships.from());
        Ends to = new Ends(relationships.to());
        for (int i = 0; i < relationships.rows().size(); i++) {
            RelationshipRow row = relationships.rows().get(i);
            List<Node> starts = from.of(tx, row.from());
            List<Node> ends = to.of(tx, row.to());
            if (starts.isEmpty()) {
                dangling.add(new Dangling(i, relationships.from().label(), row.from()));
            } else if (ends.isEmpty()) {
                dangling.add(new Dangling(i, relationships.to().label(), row.to()));
            }
            for (Node start : starts) {
                for (Node end : ends) {
                    set(between(start, type, end), row.properties());
                }
            }
        }
        return new Merged(relationships.rows().size() - dangling.size(), dangling);
    }

    /** The nodes at one side; rows of a file often name the same one after each other. */
    private static final class Ends {
        private final Label label;
        private final String property;
        private String last = "";
        private List<Node> found = List.of();

        Ends(End end) {
            label = Label.label(end.label());
            property = end.property();
        }

        List<Node> of(Transaction tx, String value) {
            if (found.isEmpty() || !value.equals(last)) {
                last = value;
                found = new ArrayList<>();
                try (ResourceIterator<Node> nodes = tx.findNodes(label, property, value)) {
                    nodes.forEachRemaining(found::add);
                }
            }
            return found;
        }
    }

    /** Looked for at the end that has fewer of the type, as the other one may be a hub. */
    private static Relationship between(Node start, RelationshipType type, Node end) {
        int leaving = start.getDegree(type, Direction.OUTGOING);
        // Most of a first load: counting the other end's would walk all of them for nothing.
        if (leaving == 0) {
            return start.createRelationshipTo(end, type);
        }
        boolean fromStart = leaving <= end.getDegree(type, Direction.INCOMING);
        Node near = fromStart ? start : end;
        Node far = fromStart ? end : start;
        Direction direction = fromStart ? Direction.OUTGOING : Direction.INCOMING;
        try (ResourceIterable<Relationship> all = near.getRelationships(direction, type)) {
            for (Relationship one : all) {
                if (one.getOtherNode(near).equals(far)) {
                    return one;
                }
            }
        }
        return start.createRelationshipTo(end, type);
    }

    private static void set(Entity entity, Map<String, Object> properties) {
        properties.forEach((name, value) -> entity.setProperty(name, stored(value)));
    }

    /** Neo4j's own interface takes arrays where Cypher takes lists. */
    private static Object stored(Object value) {
        return value instanceof Collection<?> list
                ? list.stream().map(String::valueOf).toArray(String[]::new)
                : value;
    }
}
