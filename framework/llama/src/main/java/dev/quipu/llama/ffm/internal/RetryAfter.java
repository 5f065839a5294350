package dev.quipu.llama.ffm.internal;

import java.time.Duration;

/** When it is worth asking again: from how long requests took of late and how many wait. */
final class RetryAfter {
    private static final double NEW = 0.1;
    private static final long SHORTEST = 1;
    private static final long LONGEST = 60;

    private final int sequences;
    private volatile double seconds;

    RetryAfter(int sequences) {
        this.sequences = sequences;
    }

    /** A request took so long, waiting included. For one thread. */
    void served(long nanos) {
        double last = nanos / 1e9;
        seconds = seconds == 0 ? last : seconds + NEW * (last - seconds);
    }

    /** Until about a tenth of those that wait have gone on. */
    Duration estimate(int waiting) {
        double wait = seconds * Math.max(1, waiting / 10.0) / sequences;
        return Duration.ofSeconds(Math.clamp((long) Math.ceil(wait), SHORTEST, LONGEST));
    }
}
