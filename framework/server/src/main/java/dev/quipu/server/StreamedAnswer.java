package dev.quipu.server;

import dev.quipu.runtime.AnswerListener;
import java.io.PrintStream;

/** Prints an answer as it comes. A draft that was not what the check let through is followed by the text that was. */
final class StreamedAnswer implements AnswerListener {
    private final PrintStream out;
    private final StringBuilder draft = new StringBuilder();

    StreamedAnswer(PrintStream out) {
        this.out = out;
    }

    @Override
    public void onDraft(String chunk) {
        draft.append(chunk);
        out.print(chunk);
        out.flush();
    }

    @Override
    public void onReplace(String text) {
        out.println();
        draft.setLength(0);
    }

    /** Prints what is not on the terminal yet. */
    void finish(String text) {
        out.println(draft.toString().strip().equals(text) ? "" : text);
    }
}
