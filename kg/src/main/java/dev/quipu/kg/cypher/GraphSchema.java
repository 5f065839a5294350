package dev.quipu.kg.cypher;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What free questions may see of a graph: labels with their properties, and which relationships join which labels.
 *
 * @param labels by name
 * @param edges the legal relationships
 */
public record GraphSchema(Map<String, Label> labels, List<Edge> edges) {
    public GraphSchema {
        labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
        edges = List.copyOf(edges);
    }

    /** The types that operators tell apart. */
    public enum ValueType {
        TEXT,
        NUMBER,
        BOOLEAN,
        DATE
    }

    /**
     * A label.
     *
     * @param about what its nodes are, in a few words
     * @param properties by name
     */
    public record Label(String name, String about, Map<String, Property> properties) {
        public Label {
            properties = Collections.unmodifiableMap(new LinkedHashMap<>(properties));
        }

        /** The variable of its nodes: a label has one, so that a query's variables need no declaration. */
        public String variable() {
            return name.substring(0, 1).toLowerCase(java.util.Locale.ROOT) + name.substring(1);
        }
    }

    /**
     * A property of a label.
     *
     * @param values the few values it has, where the suite asked for them
     */
    public record Property(String label, String name, ValueType type, List<String> values) {
        public Property {
            values = List.copyOf(values);
        }
    }

    /** A type of relationship from nodes of one label to nodes of another. */
    public record Edge(String type, String from, String to) {}

    /** A relationship as it is walked from one of its ends. */
    public record Step(Edge edge, boolean forward) {
        public String from() {
            return forward ? edge.from() : edge.to();
        }

        public String to() {
            return forward ? edge.to() : edge.from();
        }

        String arrow() {
            return forward ? "-[:" + edge.type() + "]->" : "<-[:" + edge.type() + "]-";
        }
    }

    public Label label(String name) {
        Label label = labels.get(name);
        if (label == null) {
            throw new WrittenQueryException("there is no label " + name + "; there are " + labels.keySet());
        }
        return label;
    }

    Optional<Label> byVariable(String variable) {
        return labels.values().stream()
                .filter(l -> l.variable().equals(variable))
                .findFirst();
    }

    Property property(String label, String name) {
        Property property = label(label).properties().get(name);
        if (property == null) {
            throw new WrittenQueryException(label + " has no property " + name + "; it has "
                    + label(label).properties().keySet());
        }
        return property;
    }

    /** The ways out of a label, in both directions. */
    List<Step> steps(String label) {
        return edges.stream()
                .flatMap(e -> java.util.stream.Stream.of(new Step(e, true), new Step(e, false)))
                .filter(s -> s.from().equals(label))
                .toList();
    }
}
