package dev.quipu.llama;

import dev.quipu.Retryable;
import java.time.Duration;

/** The engine has no room for a request now. */
public final class EngineBusyException extends EngineException implements Retryable {
    private static final long serialVersionUID = 1L;

    private final Duration retryAfter;

    public EngineBusyException(String detail, Duration retryAfter) {
        super(EngineError.BUSY, detail);
        this.retryAfter = retryAfter;
    }

    @Override
    public Duration retryAfter() {
        return retryAfter;
    }
}
