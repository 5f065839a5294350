package dev.quipu.llama;

import dev.quipu.Retryable;
import java.time.Duration;

/** The process of an isolated engine ended, and what it computed is lost. It is being started again. */
public final class EngineLostException extends EngineException implements Retryable {
    private static final long serialVersionUID = 1L;

    private final Duration retryAfter;

    public EngineLostException(String detail, Duration retryAfter) {
        super(EngineError.WORKER, detail);
        this.retryAfter = retryAfter;
    }

    @Override
    public Duration retryAfter() {
        return retryAfter;
    }
}
