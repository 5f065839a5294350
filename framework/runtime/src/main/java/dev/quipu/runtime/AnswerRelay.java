package dev.quipu.runtime;

import dev.quipu.Evidence;
import io.vertx.core.Context;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings what happens in a turn to its listener, on the listener's context and in order.
 *
 * <p>Drafts may come from a model's thread and after the model was given up; those are dropped. Thread-safe.
 */
final class AnswerRelay {
    private static final Logger LOG = LoggerFactory.getLogger(AnswerRelay.class);

    private final Context context;
    private final AnswerListener listener;
    private final StringBuilder drafted = new StringBuilder();
    private boolean open;

    AnswerRelay(Context context, AnswerListener listener) {
        this.context = context;
        this.listener = listener;
    }

    void step(Evidence.Step step) {
        post(to -> to.onStep(step));
    }

    synchronized void openDrafts() {
        open = true;
    }

    /** Passes a piece on; returns whether anybody still waits for the next. */
    synchronized boolean draft(String chunk) {
        if (open && !chunk.isEmpty()) {
            drafted.append(chunk);
            post(to -> to.onDraft(chunk));
        }
        return open;
    }

    synchronized void closeDrafts() {
        open = false;
    }

    /** Ends the drafts; tells the listener when what it saw is not the answer. */
    synchronized void settle(String text) {
        open = false;
        if (!drafted.isEmpty() && !drafted.toString().equals(text)) {
            post(to -> to.onReplace(text));
        }
    }

    /** Runs behind everything that was told before. */
    void last(Runnable action) {
        try {
            context.runOnContext(nothing -> action.run());
        } catch (RejectedExecutionException e) {
            LOG.atDebug().setCause(e).log("Vert.x was closed before an answer was told");
            action.run();
        }
    }

    private void post(Consumer<AnswerListener> event) {
        if (listener.equals(AnswerListener.NONE)) {
            return;
        }
        try {
            context.runOnContext(nothing -> tell(event));
        } catch (RejectedExecutionException e) {
            LOG.atDebug().setCause(e).log("Vert.x was closed before a listener was told");
        }
    }

    private void tell(Consumer<AnswerListener> event) {
        try {
            event.accept(listener);
        } catch (RuntimeException e) {
            LOG.atWarn().setCause(e).log("listener of an answer failed");
        }
    }
}
