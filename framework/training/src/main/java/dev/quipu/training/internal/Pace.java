package dev.quipu.training.internal;

import java.time.Duration;
import java.time.InstantSource;

/** How fast it goes: an average that forgets old steps. */
final class Pace {
    private static final double KEPT = 0.8;

    private final InstantSource clock;
    private long since;
    private double millis;
    private double tokens;

    Pace(InstantSource clock) {
        this.clock = clock;
        this.since = clock.millis();
    }

    void step(int taken) {
        long now = clock.millis();
        millis = KEPT * millis + (now - since);
        tokens = KEPT * tokens + taken;
        since = now;
    }

    double tokensPerSecond() {
        return millis > 0 ? 1000 * tokens / millis : 0;
    }

    /** What so many tokens will take. */
    Duration left(double count) {
        return tokens > 0 ? Duration.ofMillis((long) (millis * count / tokens)) : Duration.ZERO;
    }
}
