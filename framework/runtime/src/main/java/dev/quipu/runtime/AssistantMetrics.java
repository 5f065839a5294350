package dev.quipu.runtime;

import dev.quipu.Answer;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** Counts of an assistant since it was made. Thread-safe. */
public final class AssistantMetrics {
    private static final int WINDOW = 2_048;

    private final Map<Answer.Path, LongAdder> answers = new EnumMap<>(Answer.Path.class);
    private final LongAdder failures = new LongAdder();
    private final double[] latest = new double[WINDOW];
    private long recorded;

    AssistantMetrics() {
        for (Answer.Path path : Answer.Path.values()) {
            answers.put(path, new LongAdder());
        }
    }

    void answered(Answer answer) {
        java.util.Objects.requireNonNull(answers.get(answer.path())).increment();
        synchronized (latest) {
            latest[(int) (recorded++ % WINDOW)] = answer.millis();
        }
    }

    void failed() {
        failures.increment();
    }

    /** Answers by what produced them. */
    public long answers(Answer.Path path) {
        return java.util.Objects.requireNonNull(answers.get(path)).sum();
    }

    /** Messages that were not answered. */
    public long failures() {
        return failures.sum();
    }

    /**
     * A quantile of the time to the whole answer over the latest answers, in milliseconds; 0 before the first.
     *
     * @param quantile 0 to 1
     */
    public double millis(double quantile) {
        double[] sorted;
        synchronized (latest) {
            sorted = Arrays.copyOf(latest, (int) Math.min(recorded, WINDOW));
        }
        Arrays.sort(sorted);
        return sorted.length == 0 ? 0 : sorted[(int) Math.min(sorted.length - 1, quantile * sorted.length)];
    }
}
