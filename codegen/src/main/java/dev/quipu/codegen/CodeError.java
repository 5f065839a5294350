package dev.quipu.codegen;

import dev.quipu.ErrorCode;

/** Failures of generating. Code that does not work is no failure but a {@link CodeReport}. */
public enum CodeError implements ErrorCode {
    REQUEST("QP-CODE-001", "A request for code is empty, too big or no text; correct the part that the message names."),
    OPTION("QP-CODE-002", "An option of the code generator is outside of its range; correct it."),
    TESTS("QP-CODE-003", "The tests that came with a request do not compile; correct the line that the message names."),
    MODEL("QP-CODE-004", "The model failed before there was any code; see the cause."),
    ANALYSIS("QP-CODE-005", "The sandbox could not analyse a text, so nothing can be said about it; see the outcome.");

    private final String id;
    private final String meaning;

    CodeError(String id, String meaning) {
        this.id = id;
        this.meaning = meaning;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public String meaning() {
        return meaning;
    }
}
