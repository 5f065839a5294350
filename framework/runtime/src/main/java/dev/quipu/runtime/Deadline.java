package dev.quipu.runtime;

import java.time.Duration;

/** A moment on the monotonic clock. */
record Deadline(long nanos) {
    static Deadline in(Duration duration) {
        return new Deadline(System.nanoTime() + duration.toNanos());
    }

    /** The earlier of this and the end of a duration from now. */
    Deadline sooner(Duration duration) {
        Deadline other = in(duration);
        return other.nanos - nanos < 0 ? other : this;
    }

    /** Nanoseconds left; 0 when it has passed. */
    long remaining() {
        return Math.max(0, nanos - System.nanoTime());
    }
}
