package dev.quipu.sandbox;

import dev.quipu.Retryable;
import java.time.Duration;

/** The queue of the sandbox is full now. */
public final class SandboxBusyException extends SandboxException implements Retryable {
    private static final long serialVersionUID = 1L;

    private final Duration retryAfter;

    public SandboxBusyException(String detail, Duration retryAfter) {
        super(SandboxError.BUSY, detail);
        this.retryAfter = retryAfter;
    }

    @Override
    public Duration retryAfter() {
        return retryAfter;
    }
}
