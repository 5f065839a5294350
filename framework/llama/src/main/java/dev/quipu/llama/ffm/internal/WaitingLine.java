package dev.quipu.llama.ffm.internal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Requests that wait for a sequence, of a bounded number; those that had one and gave it up come on top of that.
 *
 * <p>Next is one of the tenant that had least of the engine; of its requests, the one of the highest priority, then one
 * that ran already, then the one whose deadline is nearest, then the oldest. Thread-safe.
 */
final class WaitingLine {
    private final int limit;
    private final FairShare shares;
    private final List<Task> waiting = new ArrayList<>();
    private int fresh;
    private boolean closed;

    WaitingLine(int limit, FairShare shares) {
        this.limit = limit;
        this.shares = shares;
    }

    /** What became of an offer. */
    enum Offer {
        TAKEN,
        FULL,
        CLOSED
    }

    synchronized Offer offer(Task task) {
        if (closed) {
            return Offer.CLOSED;
        }
        if (fresh >= limit) {
            return Offer.FULL;
        }
        fresh++;
        waiting.add(task);
        shares.opened(task.share().tenant());
        return Offer.TAKEN;
    }

    /** Takes back one that gave its sequence up. */
    synchronized void back(Task task) {
        waiting.add(task);
    }

    /** The next of those that can go on. */
    synchronized Optional<Task> next(Predicate<Task> ready) {
        if (waiting.isEmpty()) {
            return Optional.empty();
        }
        return waiting.stream()
                .filter(ready)
                .min(Comparator.comparingDouble(
                                (Task t) -> shares.time(t.share().tenant()))
                        // Tenants of equal time stay apart, so that priorities are never compared across them.
                        .thenComparing(t -> t.share().tenant())
                        .thenComparing(
                                Comparator.comparing((Task t) -> t.share().priority())
                                        .reversed())
                        .thenComparing(t -> !t.started())
                        .thenComparingLong(Task::deadline)
                        .thenComparingLong(Task::arrival));
    }

    /** Takes one out to run or to end. */
    synchronized void remove(Task task) {
        waiting.remove(task);
        if (!task.started()) {
            fresh--;
        }
    }

    synchronized List<Task> all() {
        return List.copyOf(waiting);
    }

    synchronized int size() {
        return waiting.size();
    }

    synchronized void charge(Task task, int tokens) {
        shares.charge(task.share(), tokens);
    }

    /** A request that was taken has ended. */
    synchronized void ended(Task task) {
        shares.closed(task.share().tenant());
    }

    /** Takes no more. */
    synchronized void close() {
        closed = true;
    }
}
