package dev.quipu.kg;

import java.util.List;
import java.util.Map;

/** A part of the graph as a query returned it. */
public sealed interface GraphValue {
    /** A node with its labels and properties. */
    record Node(String id, List<String> labels, Map<String, Object> properties) implements GraphValue {}

    /** A relationship between two nodes, by their ids. */
    record Relationship(String id, String from, String to, String type, Map<String, Object> properties)
            implements GraphValue {}

    /** Nodes joined by relationships. */
    record Path(List<Node> nodes, List<Relationship> relationships) implements GraphValue {}
}
