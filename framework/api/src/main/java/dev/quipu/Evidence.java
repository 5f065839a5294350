package dev.quipu;

import java.util.List;

/**
 * Why an answer says what it says.
 *
 * @param intent the reading of the question; empty when there was none
 * @param retrieval facts, their place in the graph, and the query
 * @param decisions the rules that spoke
 * @param verification the check of the final text
 * @param steps what was done and how long it took, in order
 */
public record Evidence(
        String intent, Retrieval retrieval, List<Decision> decisions, Verification verification, List<Step> steps) {
    public static final Evidence NONE =
            new Evidence("", Retrieval.NOTHING, List.of(), Verification.NOTHING_CLAIMED, List.of());

    public Evidence {
        decisions = List.copyOf(decisions);
        steps = List.copyOf(steps);
    }

    /**
     * One thing that was done.
     *
     * @param name {@code guard}, {@code understand}, {@code choose}, {@code policy}, {@code retrieve}, {@code word},
     *     {@code phrase}, {@code verify}
     * @param millis how long it took
     * @param note what came of it, for a person who asks why; never the customer's text
     */
    public record Step(String name, double millis, String note) {}
}
