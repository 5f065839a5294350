package dev.quipu.runtime;

import dev.quipu.Evidence;

/**
 * Watches an answer while it is produced.
 *
 * <p>Calls come one after the other, all before the future of the answer completes, on the Vert.x context that
 * {@link Assistant#ask} was called on (a new one when it was called on none). That is usually an event loop, so an
 * implementation must not block. An exception from a listener is logged and does not disturb the answer.
 *
 * <p>Only the words of a model come as drafts. An answer that is not streamed arrives with the future alone.
 */
public interface AnswerListener {
    /** Ignores everything. */
    AnswerListener NONE = new AnswerListener() {};

    /** The next piece of a text that has not been checked yet. */
    default void onDraft(String chunk) {}

    /** The pieces so far are void; this is the text of the answer. */
    default void onReplace(String text) {}

    /** A step has ended. */
    default void onStep(Evidence.Step step) {}
}
