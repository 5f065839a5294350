package dev.quipu;

import java.util.List;

/** The nodes and relationships that an answer was read from, small enough to draw. */
public record Subgraph(List<Node> nodes, List<Edge> edges) {
    public static final Subgraph EMPTY = new Subgraph(List.of(), List.of());

    public Subgraph {
        nodes = List.copyOf(nodes);
        edges = List.copyOf(edges);
    }

    /**
     * @param id unique in this subgraph
     * @param label its kind in the graph
     * @param caption what to write on it
     */
    public record Node(String id, String label, String caption) {}

    /** A relationship between two nodes of the subgraph. */
    public record Edge(String from, String to, String type) {}
}
