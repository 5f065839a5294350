package dev.quipu;

import java.util.List;

/**
 * What the knowledge holds about an intent.
 *
 * @param facts the facts, most relevant first; empty when nothing is known
 * @param graph where they stand in the graph
 * @param query the read-only query that found them, for the evidence
 */
public record Retrieval(List<Fact> facts, Subgraph graph, String query) {
    public static final Retrieval NOTHING = new Retrieval(List.of(), Subgraph.EMPTY, "");

    public Retrieval {
        facts = List.copyOf(facts);
    }
}
