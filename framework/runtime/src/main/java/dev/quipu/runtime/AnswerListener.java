package dev.quipu.runtime;

import dev.quipu.Evidence;

/**
 * Hears of an answer while it is made. Called on worker threads, one call at a time; a slow listener slows the answer.
 */
public interface AnswerListener {
    /** Hears nothing. */
    AnswerListener NONE = new AnswerListener() {};

    /** The next piece of a text that a model writes. It is not checked yet. */
    default void onDraft(String chunk) {}

    /** The whole checked text, which replaces every draft. */
    default void onText(String text) {}

    /** A step is done. */
    default void onStep(Evidence.Step step) {}
}
