package dev.quipu;

/**
 * A part of a question that stands for something the graph knows.
 *
 * @param slot the kind of thing, as the suite declares it: {@code order}, {@code product}, {@code option}
 * @param id the key of the thing in the graph, or the normalised value
 * @param name how the graph calls it
 * @param start first character of the mention in the question's text
 * @param end one past its last character
 * @param score 1 for an exact match, less for a fuzzy one
 * @param how which stage found it
 */
public record Mention(String slot, String id, String name, int start, int end, double score, Stage how) {
    /** The linking stages, in the order in which they are tried. */
    public enum Stage {
        ID,
        GAZETTEER,
        FULL_TEXT,
        VECTOR,
        CONVERSATION
    }
}
