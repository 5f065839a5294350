package dev.quipu.runtime;

import dev.quipu.Retryable;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A message that may be answered when it is sent again. */
public final class BusyException extends ConversationException implements Retryable {
    private static final long serialVersionUID = 1L;

    private final Duration retryAfter;

    BusyException(RuntimeError code, String detail, Duration retryAfter, @Nullable Throwable cause) {
        super(code, detail, cause);
        this.retryAfter = retryAfter;
    }

    @Override
    public Duration retryAfter() {
        return retryAfter;
    }
}
