package dev.quipu.runtime;

import dev.quipu.QuipuException;
import dev.quipu.Retryable;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A turn could not be made durable now, so it was not acknowledged. What was stored before stays readable. */
public final class LogUnavailableException extends QuipuException implements Retryable {
    private static final long serialVersionUID = 1L;

    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    public LogUnavailableException(String detail, @Nullable Throwable cause) {
        super(RuntimeError.LOG_WRITE, detail, cause);
    }

    @Override
    public Duration retryAfter() {
        return RETRY_AFTER;
    }
}
