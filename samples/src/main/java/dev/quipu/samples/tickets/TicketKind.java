package dev.quipu.samples.tickets;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A kind of tickets.
 *
 * @param label that names it
 * @param facts that the desk looks up for an answer, with places for values
 * @param answers in the desk's words, by what it decides; under {@link #PLAIN} where it decides nothing
 * @param wordings of customers, with places for an order, a product and an option
 */
record TicketKind(String label, List<String> facts, Map<String, String> answers, BySplit<List<String>> wordings) {
    static final String PLAIN = "";

    TicketKind {
        facts = List.copyOf(facts);
        answers = Map.copyOf(answers);
    }

    /** The answer in the desk's words, with places for values. */
    String answer(String decision) {
        return Objects.requireNonNull(answers.get(decision), () -> label + " has no answer for " + decision);
    }

    /** Whether the desk decides, so that its answer begins with yes or no. */
    boolean decides() {
        return !answers.containsKey(PLAIN);
    }
}
