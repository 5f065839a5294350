package dev.quipu.server.eval;

import dev.quipu.ErrorCode;

/** Failures of measuring. */
public enum EvalError implements ErrorCode {
    QUESTIONS("QP-EVAL-001", "A question file is not of its form; correct the line that the message names."),
    GOLD("QP-EVAL-002", "A question to be scored has no gold; add it, or leave out --score."),
    IO("QP-EVAL-003", "A file could not be read or written; check the path and the disk."),
    PROBLEMS("QP-EVAL-004", "A file of problems is not of its form; correct the line that the message names.");

    private final String id;
    private final String meaning;

    EvalError(String id, String meaning) {
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
