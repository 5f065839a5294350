package dev.quipu.training.data;

import dev.quipu.ErrorCode;

/** Failures of the preparation of data. */
public enum DataError implements ErrorCode {
    READ("QP-DATA-001", "A file of data cannot be read; check the path, the disk and the encoding."),
    FORM("QP-DATA-002", "A row is of no known form; correct the line that the message names."),
    OPTION("QP-DATA-003", "An option of the preparation is outside of its range; correct it."),
    EMPTY("QP-DATA-004", "No row is left; the message counts what was left out, and why."),
    OUTPUT("QP-DATA-005", "A file of prepared data cannot be written. What was there before is still there.");

    private final String id;
    private final String meaning;

    DataError(String id, String meaning) {
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
