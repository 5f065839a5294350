package dev.quipu.server;

import java.time.Duration;

/**
 * What one request may take.
 *
 * @param bodyBytes size of its body
 * @param bodyTime time until the whole body is there
 * @param idle time without a byte in either direction, after which the connection is closed; longer than any
 *     answer may take, else a caller that waits for a whole one gets none
 */
record HttpLimits(int bodyBytes, Duration bodyTime, Duration idle) {
    static final HttpLimits STANDARD = new HttpLimits(1 << 20, Duration.ofSeconds(30), Duration.ofSeconds(90));
}
