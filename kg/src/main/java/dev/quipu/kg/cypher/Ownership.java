package dev.quipu.kg.cypher;

import dev.quipu.kg.cypher.GraphSchema.Edge;
import dev.quipu.kg.cypher.GraphSchema.Label;
import dev.quipu.kg.cypher.GraphSchema.Step;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Which nodes belong to whom. A node of a private label belongs to the customer from whom relationships lead to it, each
 * in its own direction and through private labels only. What nobody can own that way is not exposed at all.
 *
 * @param owner the label of customers
 * @param paths by private label: the relationships from the owner to it
 */
record Ownership(String owner, Map<String, List<Edge>> paths) {
    Ownership {
        paths = Map.copyOf(paths);
    }

    static Ownership of(GraphSchema schema, String owner, Collection<String> privateLabels) {
        Map<String, List<Edge>> paths = new HashMap<>();
        if (schema.labels().containsKey(owner)) {
            paths.put(owner, List.of());
            Deque<String> queue = new ArrayDeque<>(List.of(owner));
            while (!queue.isEmpty()) {
                String here = queue.remove();
                for (Edge edge : schema.edges()) {
                    if (edge.from().equals(here)
                            && privateLabels.contains(edge.to())
                            && !paths.containsKey(edge.to())) {
                        List<Edge> path = new ArrayList<>(paths.getOrDefault(here, List.of()));
                        path.add(edge);
                        paths.put(edge.to(), List.copyOf(path));
                        queue.add(edge.to());
                    }
                }
            }
        }
        return new Ownership(owner, paths);
    }

    /** The schema without the private labels that no path from their owner reaches. */
    static GraphSchema owned(GraphSchema schema, String owner, Set<String> privateLabels) {
        Ownership ownership = of(schema, owner, privateLabels);
        Map<String, Label> labels = new LinkedHashMap<>(schema.labels());
        labels.keySet().removeIf(l -> privateLabels.contains(l) && !ownership.isPrivate(l));
        return new GraphSchema(
                labels,
                schema.edges().stream()
                        .filter(e -> labels.containsKey(e.from()) && labels.containsKey(e.to()))
                        .toList());
    }

    boolean isPrivate(String label) {
        return paths.containsKey(label);
    }

    /** A node of a pattern; one of the owner's label is always who asks. */
    String node(String variable, String label) {
        return "(" + variable + ":" + label + (label.equals(owner) && isPrivate(label) ? asking() : "") + ")";
    }

    private static String asking() {
        return " {id: $" + Bindings.CUSTOMER + "}";
    }

    /** The condition that a node of a private label is the asking customer's; none for public labels and the owner's. */
    Optional<String> condition(String variable, String label) {
        List<Edge> path = paths.getOrDefault(label, List.of());
        return path.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        "EXISTS { " + pattern(path, l -> "(" + (l.equals(label) ? variable : ":" + l) + ")") + " }");
    }

    /**
     * What leads from who asks to one of some labels, the nearest: where a query begins, so that it never
     * looks at what belongs to others. Empty when none of them is private, or the owner is among them.
     */
    Optional<List<Edge>> anchor(Collection<String> labels) {
        return labels.contains(owner)
                ? Optional.empty()
                : labels.stream()
                        .filter(this::isPrivate)
                        .map(l -> paths.getOrDefault(l, List.of()))
                        .min(Comparator.comparingInt(List::size));
    }

    /**
     * Adds to labels whose nodes are the asking customer's those that walks lead to from them on the way of ownership:
     * of these no further condition is needed.
     */
    void spread(Collection<Walk> walks, Set<String> owned) {
        boolean grew = true;
        while (grew) {
            grew = false;
            for (Walk walk : walks) {
                if (walk.labels().anyMatch(owner::equals) && isPrivate(owner)) {
                    grew |= owned.add(owner);
                }
                for (Step step : walk.steps()) {
                    Edge edge = step.edge();
                    List<Edge> path = paths.getOrDefault(edge.to(), List.of());
                    if (!path.isEmpty() && path.getLast().equals(edge) && owned.contains(edge.from())) {
                        grew |= owned.add(edge.to());
                    }
                }
            }
        }
    }

    String pattern(List<Edge> path, UnaryOperator<String> node) {
        StringBuilder pattern = new StringBuilder("(:" + owner + asking() + ")");
        path.forEach(e -> pattern.append("-[:").append(e.type()).append("]->").append(node.apply(e.to())));
        return pattern.toString();
    }
}
