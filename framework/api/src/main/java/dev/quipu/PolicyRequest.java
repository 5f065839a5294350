package dev.quipu;

import java.util.List;

/**
 * What a policy decides about.
 *
 * @param topic the intent, or {@code access} before anything is read
 * @param question the customer's message
 * @param mentions what the question is about
 * @param facts what is known; empty for {@code access}
 */
public record PolicyRequest(String topic, Question question, List<Mention> mentions, List<Fact> facts) {
    /** The topic that is decided before anything is read. */
    public static final String ACCESS = "access";

    public PolicyRequest {
        mentions = List.copyOf(mentions);
        facts = List.copyOf(facts);
    }
}
