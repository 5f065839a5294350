package dev.quipu.kg;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;

/**
 * Spares callers the wait for a server that is away. After some failures in a row calls fail at once; after a pause one
 * call tries, and what becomes of it decides for all. A server that refuses a query is not away.
 *
 * <p>Thread-safe.
 */
final class CircuitBreaker {
    /** What calls meet. */
    enum State {
        CLOSED,
        OPEN,
        HALF_OPEN
    }

    private final InstantSource clock;
    private final int failuresToOpen;
    private final Duration pause;
    private State state = State.CLOSED;
    private int failures;
    private Instant tryAgain = Instant.MIN;

    CircuitBreaker(InstantSource clock, int failuresToOpen, Duration pause) {
        this.clock = clock;
        this.failuresToOpen = failuresToOpen;
        this.pause = pause;
    }

    synchronized State state() {
        return state;
    }

    /**
     * Does work unless the server is known to be away.
     *
     * @throws GraphUnavailableException if the server is away, at once while that is known
     */
    <T> T call(Supplier<T> work) {
        enter();
        return watched(work);
    }

    /** Does work even if the server is known to be away, as a try of its own. */
    <T> T probe(Supplier<T> work) {
        return watched(work);
    }

    private <T> T watched(Supplier<T> work) {
        try {
            T made = work.get();
            answered();
            return made;
        } catch (GraphUnavailableException e) {
            failed();
            throw e;
        } catch (RuntimeException | Error e) {
            answered();
            throw e;
        }
    }

    private synchronized void enter() {
        if (state == State.CLOSED) {
            return;
        }
        if (state == State.HALF_OPEN || clock.instant().isBefore(tryAgain)) {
            throw new GraphUnavailableException(
                    "Neo4j did not answer " + failures + " times in a row and is not asked for the moment. It is tried"
                            + " again by itself; check that Neo4j runs.");
        }
        state = State.HALF_OPEN;
    }

    private synchronized void answered() {
        state = State.CLOSED;
        failures = 0;
    }

    private synchronized void failed() {
        failures++;
        if (state == State.HALF_OPEN || failures >= failuresToOpen) {
            state = State.OPEN;
            tryAgain = clock.instant().plus(pause);
        }
    }
}
