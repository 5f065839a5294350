package dev.quipu.runtime;

import dev.quipu.QuipuException;
import dev.quipu.Retryable;
import java.time.Duration;

/** A question was not taken, or waited so long that it was given up; nothing of it was stored. */
public final class BusyException extends QuipuException implements Retryable {
    private static final long serialVersionUID = 1L;

    private final Duration retryAfter;

    public BusyException(RuntimeError code, String detail, Duration retryAfter) {
        super(code, detail);
        this.retryAfter = retryAfter;
    }

    @Override
    public Duration retryAfter() {
        return retryAfter;
    }
}
