package dev.quipu.runtime;

import dev.quipu.ErrorCode;

/** Failures of conversations. */
public enum RuntimeError implements ErrorCode {
    EMPTY("QP-RUNTIME-001", "The message is empty; send a question."),
    TOO_LONG(
            "QP-RUNTIME-002",
            "The message is longer than its limit; shorten it or raise quipu.runtime.max-question-chars."),
    MALFORMED("QP-RUNTIME-003", "The message or the conversation's name is not well-formed text; correct it."),
    BUSY("QP-RUNTIME-004", "Too many messages wait; send it again after the stated time."),
    OTHER_IDENTITY("QP-RUNTIME-005", "The conversation belongs to somebody else; start a new one."),
    DEADLINE("QP-RUNTIME-006", "The answer took longer than its deadline; ask again or raise quipu.runtime.deadline."),
    LOG_WRITE("QP-RUNTIME-007", "The turn could not be stored, so it is not answered; free disk space."),
    LOG_READ("QP-RUNTIME-008", "The conversation log cannot be read; check the folder and its owner."),
    LOG_LOCKED("QP-RUNTIME-009", "Another process writes this conversation log; stop it or choose another folder."),
    CLOSED("QP-RUNTIME-010", "The assistant was closed; create a new one."),
    MODEL("QP-RUNTIME-011", "The model failed; the turn goes on without it.");

    private final String id;
    private final String meaning;

    RuntimeError(String id, String meaning) {
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
