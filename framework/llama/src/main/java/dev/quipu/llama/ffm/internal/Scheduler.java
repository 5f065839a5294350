package dev.quipu.llama.ffm.internal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Who computes next: gives waiting requests sequences, takes them back where others need them more, and plans passes.
 *
 * <p>Cells of the KV cache are given out as they are needed, not reserved for all that a request may come to generate. When
 * they run out, kept prefixes go first; then the generation that came last, of the lowest priority, goes back to the line
 * and is computed again later, with what it generated so far. The oldest always keeps its cells, so that all get done; no
 * request ever fails because others came. A generation whose reader stands still gives its sequence up as soon as another
 * could use it.
 *
 * <p>For the loop's thread.
 */
final class Scheduler {
    /** Cells that a sequence is expected to take soon; one that is let in without room to grow would only push others out. */
    private static final int GROWTH = 32;

    private final PrefixCache cache;
    private final WaitingLine line;
    private final int sequences;
    private final int capacity;
    private final int chunk;
    private final List<Task> running = new ArrayList<>();
    private final Turns turns = new Turns();
    private long preemptions;

    Scheduler(PrefixCache cache, WaitingLine line, int sequences, int capacity, int chunk) {
        this.cache = cache;
        this.line = line;
        this.sequences = sequences;
        this.capacity = capacity;
        this.chunk = chunk;
    }

    /** Those that have a sequence, the one that got it first at the front. */
    List<Task> running() {
        return List.copyOf(running);
    }

    long preemptions() {
        return preemptions;
    }

    /** Gives the next waiting request a sequence; empty when there is none or it has to wait. */
    Optional<Task> admit() {
        while (true) {
            Optional<Task> next = line.next(t -> !t.started() || t.stream().wanted());
            if (next.isEmpty()) {
                return next;
            }
            Task task = next.get();
            int[] tokens = task.tokens();
            boolean fits = running.size() < sequences
                    && cache.fits(task.adapters().key(), tokens, GROWTH * (running.size() + 1));
            if (fits) {
                line.remove(task);
                task.hold(cache.open(task.adapters().key(), tokens));
                running.add(task);
                return next;
            }
            Optional<Task> stalled =
                    running.stream().filter(t -> !t.stream().wanted()).findFirst();
            if (stalled.isEmpty()) {
                return Optional.empty();
            }
            suspend(stalled.get());
        }
    }

    /** Takes a generation's sequence away; it waits for another. */
    private void suspend(Task task) {
        preemptions++;
        leave(task);
        line.back(task);
    }

    /** Takes a generation that ended out. */
    void end(Task task) {
        if (task.running()) {
            leave(task);
        } else {
            line.remove(task);
        }
        line.ended(task);
    }

    private void leave(Task task) {
        running.remove(task);
        cache.close(task.held(), task.tokens());
        task.drawnAt = 0;
        task.letGo();
    }

    /** What the next pass computes, with cells for all of it; empty when there is nothing to do. */
    List<PassPlan.Portion> plan() {
        while (true) {
            List<PassPlan.Portion> plan = propose();
            int cells = 0;
            for (PassPlan.Portion portion : plan) {
                cells += portion.tokens();
            }
            if (cells == 0 || cache.room(cells)) {
                return plan;
            }
            if (!relieve()) {
                // It is alone, and the rest of the cells is less than a pass: its prompt goes on in smaller pieces.
                int left = cache.cells() - cache.used();
                return left == 0
                        ? List.of()
                        : List.of(new PassPlan.Portion(
                                plan.getFirst().task(),
                                Math.min(left, plan.getFirst().tokens())));
            }
        }
    }

    private List<PassPlan.Portion> propose() {
        Set<String> ready = new HashSet<>();
        for (Task task : running) {
            task.held().advances = task.stream().wanted();
            if (task.held().advances) {
                ready.add(task.adapters().key());
            } else {
                task.drawnAt = 0;
            }
        }
        if (ready.isEmpty()) {
            return List.of();
        }
        String turn = turns.next(ready);
        List<PassPlan.Demand> demands = new ArrayList<>();
        for (Task task : running) {
            if (task.held().advances && task.adapters().key().equals(turn) && !cache.waits(task.held())) {
                int left = task.length() - cache.computed(task.held());
                demands.add(new PassPlan.Demand(task, left, left == 1 && task.generated() > 0));
            }
        }
        return PassPlan.of(demands, capacity, chunk);
    }

    /** Makes the generation that others need least give up its cells; false when there is only one. */
    boolean relieve() {
        if (running.size() < 2) {
            return false;
        }
        running.stream()
                .min(Comparator.comparing((Task t) -> t.stream().wanted())
                        .thenComparing(t -> t.share().priority())
                        .thenComparing(Comparator.comparingLong(Task::arrival).reversed()))
                .ifPresent(this::suspend);
        return true;
    }

    /** Books what a pass computed. */
    void computed(List<PassPlan.Portion> plan) {
        int tokens = 0;
        double weight = 0;
        for (PassPlan.Portion portion : plan) {
            cache.grow(portion.task().held(), portion.tokens());
            line.charge(portion.task(), portion.tokens());
            tokens += portion.tokens();
            weight = Math.max(weight, portion.task().share().weight());
        }
        turns.charge(plan.getFirst().task().adapters().key(), tokens, weight);
    }
}
