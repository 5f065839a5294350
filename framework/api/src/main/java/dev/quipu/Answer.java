package dev.quipu;

/**
 * What the customer is told.
 *
 * @param text the reply
 * @param language the language it is written in
 * @param path what produced it
 * @param evidence why it says so
 * @param millis time from the question to the whole answer
 */
public record Answer(String text, Language language, Path path, Evidence evidence, double millis) {
    /** What produced an answer. */
    public enum Path {
        /** A typed query and its sentence. */
        TEMPLATE,
        /** A query that was written for this question. */
        CYPHER,
        /** The model's words, checked against the facts. */
        MODEL,
        /** Nothing was answered: not known, not allowed, or handed to a person. */
        REFUSAL
    }
}
