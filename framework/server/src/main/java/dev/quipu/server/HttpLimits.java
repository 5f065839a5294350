package dev.quipu.server;

import java.time.Duration;

/**
 * What one request may take.
 *
 * @param bodyBytes size of its body
 * @param bodyTime time until the whole body is there
 * @param answer time until the loaded model has written the last token of an answer
 * @param idle time without a byte in either direction, after which the connection is closed; longer than any
 *     answer may take, else a caller that waits for a whole one gets none
 */
record HttpLimits(int bodyBytes, Duration bodyTime, Duration answer, Duration idle) {
    static final HttpLimits STANDARD =
            new HttpLimits(1 << 20, Duration.ofSeconds(30), Duration.ofSeconds(60), Duration.ofSeconds(90));

    HttpLimits withBodyTime(Duration value) {
        return new HttpLimits(bodyBytes, value, answer, idle);
    }

    HttpLimits withAnswer(Duration value) {
        return new HttpLimits(bodyBytes, bodyTime, value, idle);
    }

    HttpLimits withIdle(Duration value) {
        return new HttpLimits(bodyBytes, bodyTime, answer, value);
    }
}
