package dev.quipu;

import java.time.Duration;

/** Marks a {@link QuipuException} whose cause may be gone when the same call is made again. */
public interface Retryable {
    /** How long to wait before the next try. */
    Duration retryAfter();
}
