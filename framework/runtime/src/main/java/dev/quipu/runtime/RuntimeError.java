package dev.quipu.runtime;

import dev.quipu.ErrorCode;

/** Failures of conversations and of their log. */
public enum RuntimeError implements ErrorCode {
    BUSY("QP-RUNTIME-001", "Too many questions wait for an answer; ask again after the time that the error names."),
    IDENTITY("QP-RUNTIME-002", "The conversation belongs to someone else; start a new one."),
    EXPIRED("QP-RUNTIME-003", "The deadline passed before the question's turn came; ask again."),
    INTERNAL("QP-RUNTIME-004", "A part failed in a way that it does not document; report the error with its cause."),
    CHOICE("QP-RUNTIME-005", "The model's choice among readings could not be read; use a model that follows a schema."),
    STEP_DEADLINE("QP-RUNTIME-006", "A step did not end within its deadline; see which one, and raise its deadline."),
    MESSAGE("QP-RUNTIME-007", "A message on the event bus does not have the documented form; correct its sender."),
    PHRASING("QP-RUNTIME-008", "The model phrased no usable answer; the template's sentences were used."),
    LOG_WRITE("QP-RUNTIME-010", "The log cannot be written; free disk space or repair the disk, then ask again."),
    LOG_READ("QP-RUNTIME-011", "The log cannot be read; check the folder and its permissions."),
    LOG_LOCKED("QP-RUNTIME-012", "Another process or log uses the folder; close it or choose another folder."),
    LOG_SEQUENCE("QP-RUNTIME-013", "A turn is not the next of its conversation; read the conversation again."),
    LOG_RECORD("QP-RUNTIME-014", "A turn is larger than a record may be; raise the limit or retrieve fewer facts.");

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
