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
    public void onText(String text) {
        if (draft.isEmpty()) {
            out.print(text);
        } else if (!draft.toString().strip().equals(text)) {
            out.print("\n→ " + text);
        }
    }

    void finish() {
        out.println();
    }
}
