package dev.quipu.training.metrics;

import dev.quipu.QuipuException;

/** A failure of measuring. */
public final class MetricException extends QuipuException {
    private static final long serialVersionUID = 1L;

    public MetricException(String detail) {
        super(MetricError.INPUT, detail);
    }

    static void require(boolean holds, String wrong) {
        if (!holds) {
            throw new MetricException(wrong + ".");
        }
    }
}
