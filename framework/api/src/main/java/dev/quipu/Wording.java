package dev.quipu;

/**
 * An answer as sentences.
 *
 * @param text the sentences
 * @param style whether they are final
 */
public record Wording(String text, Style style) {
    /** What may happen to the text. */
    public enum Style {
        /** Exact as it stands. */
        FINAL,
        /** Exact as it stands, from a query that was written for this question and no other. */
        COMPUTED,
        /** The words of documents; a model may phrase them better, and they stand when its draft fails the check. */
        QUOTED,
        /** True and complete, but a model may phrase it better; the text stands when its draft fails the check. */
        DRAFT,
        /** States that the knowledge does not hold what was asked. */
        UNKNOWN
    }
}
