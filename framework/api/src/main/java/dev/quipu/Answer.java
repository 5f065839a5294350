package dev.quipu;

/**
 * What the customer is told.
 *
 * @param text the reply
 * @param language the language it is written in
 * @param path what produced it
 * @param evidence why it says so
 * @param millis time from the question to the whole answer
 * @param degraded whether a part of the business could not be reached, so that the same question may be answered better
 *     later: the text says that nothing can be looked up, or comes from what was still there
 */
public record Answer(String text, Language language, Path path, Evidence evidence, double millis, boolean degraded) {
    /** What produced an answer. */
    public enum Path {
        /** A typed query and its sentence. */
        TEMPLATE,
        /** A query that was written for this question. */
        CYPHER,
        /** Documents: in their words, or in the model's that were checked against them. */
        PASSAGES,
        /** The model's words, checked against the facts. */
        MODEL,
        /** Nothing was answered: not known, not allowed, or handed to a person. */
        REFUSAL
    }
}
