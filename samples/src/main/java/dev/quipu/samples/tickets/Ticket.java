package dev.quipu.samples.tickets;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A customer's message with what is known of it.
 *
 * @param wording that the message was made of
 * @param named what the message names: order, product, option
 * @param facts that the desk looked up
 * @param values of the facts, which an answer has to tell
 * @param decision yes or no; empty where the desk decides nothing
 * @param answer of the desk
 */
record Ticket(
        TicketKind kind,
        String wording,
        String message,
        Map<String, String> named,
        List<String> facts,
        List<String> values,
        String decision,
        String answer) {
    Ticket {
        named = Collections.unmodifiableMap(new LinkedHashMap<>(named));
        facts = List.copyOf(facts);
        values = List.copyOf(values);
    }
}
