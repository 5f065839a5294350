package dev.quipu;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a rule decided.
 *
 * @param rule the name of the rule
 * @param outcome what it decided
 * @param reason the key of the sentence that explains it, for example {@code cancel.not-pending}
 * @param values named values for that sentence, such as a refund time
 * @param facts the ids of the facts it rests on
 */
public record Decision(String rule, Outcome outcome, String reason, Map<String, Object> values, List<String> facts) {
    public Decision {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        facts = List.copyOf(facts);
    }

    /** What a rule can say. When several rules speak, the first of these constants that occurs wins. */
    public enum Outcome {
        /** The request may not be served. */
        DENY,
        /** A person has to take over. */
        HAND_OVER,
        /** The customer has to confirm first. */
        CONFIRM,
        /** The request may be served. */
        ALLOW,
        /** Neither permits nor forbids: adds values. */
        INFORM
    }
}
