package dev.quipu;

import java.util.List;

/**
 * A reading of a question: what is asked and about which things.
 *
 * @param name the intent's name in the suite, for example {@code order.status}
 * @param description what it asks, in plain English, for a model that chooses among readings
 * @param score how well the question fits, 0 to 1
 * @param mentions what fills its slots
 * @param missing slots that it needs and the question does not fill
 */
public record Intent(String name, String description, double score, List<Mention> mentions, List<String> missing) {
    public Intent {
        mentions = List.copyOf(mentions);
        missing = List.copyOf(missing);
    }

    public boolean complete() {
        return missing.isEmpty();
    }
}
