package dev.quipu.training.metrics;

import dev.quipu.ErrorCode;

/** Failures of measuring. */
public enum MetricError implements ErrorCode {
    INPUT("QP-METRIC-001", "There is nothing to measure, or it does not fit together; see the message.");

    private final String id;
    private final String meaning;

    MetricError(String id, String meaning) {
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
