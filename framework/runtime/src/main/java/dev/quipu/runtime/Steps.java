package dev.quipu.runtime;

import dev.quipu.Evidence;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/** Times what is done for a turn. */
final class Steps {
    private final AnswerListener listener;
    private final List<Evidence.Step> done = new ArrayList<>();

    Steps(AnswerListener listener) {
        this.listener = listener;
    }

    /** Runs a step; {@code note} says what came of it. */
    <T> T time(String name, Supplier<T> work, Function<T, String> note) {
        long start = System.nanoTime();
        T result = work.get();
        note(name, start, note.apply(result));
        return result;
    }

    void note(String name, long startNanos, String note) {
        Evidence.Step step = new Evidence.Step(name, (System.nanoTime() - startNanos) / 1e6, note);
        done.add(step);
        listener.onStep(step);
    }

    List<Evidence.Step> done() {
        return List.copyOf(done);
    }
}
