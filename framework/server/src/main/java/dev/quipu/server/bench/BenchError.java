package dev.quipu.server.bench;

import dev.quipu.ErrorCode;

/** Failures of measuring speed. */
public enum BenchError implements ErrorCode {
    PEER("QP-BENCH-001", "A program to compare with failed; run the command in the message by hand."),
    IO("QP-BENCH-002", "A file of the benchmark could not be read or written; check the path and the disk."),
    INTERRUPTED("QP-BENCH-003", "The benchmark was interrupted; start it again."),
    JOB("QP-BENCH-004", "A job of the benchmark did not end as it has to; run it by hand with ./quipu sandbox run.");

    private final String id;
    private final String meaning;

    BenchError(String id, String meaning) {
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
