package dev.quipu.runtime;

import dev.quipu.Evidence;
import dev.quipu.QuipuException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;

/** The steps of one turn: runs each within its deadline and records how long it took and what came of it. */
final class TurnSteps {
    private final Bulkhead bulkhead;
    private final Deadline deadline;
    private final AnswerRelay relay;
    private final List<Evidence.Step> taken = new ArrayList<>();

    TurnSteps(Bulkhead bulkhead, Deadline deadline, AnswerRelay relay) {
        this.bulkhead = bulkhead;
        this.deadline = deadline;
        this.relay = relay;
    }

    <T> T run(String name, Callable<T> work, Function<T, String> note) {
        return run(name, deadline, work, note);
    }

    <T> T run(String name, Duration limit, Callable<T> work, Function<T, String> note) {
        return run(name, deadline.sooner(limit), work, note);
    }

    /** Records a step that took place elsewhere. */
    void add(String name, double millis, String note) {
        Evidence.Step step = new Evidence.Step(name, millis, note);
        taken.add(step);
        relay.step(step);
    }

    List<Evidence.Step> taken() {
        return List.copyOf(taken);
    }

    private <T> T run(String name, Deadline until, Callable<T> work, Function<T, String> note) {
        long start = System.nanoTime();
        String came = "";
        try {
            Noted<T> noted = bulkhead.call(name, until, () -> {
                T result = work.call();
                return new Noted<>(result, note.apply(result));
            });
            came = noted.note;
            return noted.result;
        } catch (QuipuException e) {
            came = "failed: " + e.code().id();
            throw e;
        } finally {
            add(name, millisSince(start), came);
        }
    }

    static double millisSince(long nanos) {
        return (System.nanoTime() - nanos) / 1e6;
    }

    private record Noted<T>(T result, String note) {}
}
