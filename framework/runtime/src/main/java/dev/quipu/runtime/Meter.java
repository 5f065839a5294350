package dev.quipu.runtime;

import dev.quipu.Answer;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/** Counts answers and errors, and keeps the times of the latest answers. Thread-safe. */
final class Meter {
    private static final int LATEST = 1024;

    private final Map<Answer.Path, Long> answers = new EnumMap<>(Answer.Path.class);
    private final double[] millis = new double[LATEST];
    private int timed;
    private long degraded;
    private long errors;

    Meter() {
        for (Answer.Path path : Answer.Path.values()) {
            answers.put(path, 0L);
        }
    }

    synchronized void answered(Answer answer) {
        answers.merge(answer.path(), 1L, Long::sum);
        millis[timed++ % LATEST] = answer.millis();
        timed = timed == 2 * LATEST ? LATEST : timed;
        degraded += answer.degraded() ? 1 : 0;
    }

    synchronized void failed() {
        errors++;
    }

    synchronized AssistantMetrics read(Conversations conversations) {
        double[] sorted = Arrays.copyOf(millis, Math.min(timed, LATEST));
        Arrays.sort(sorted);
        return new AssistantMetrics(
                answers,
                degraded,
                errors,
                quantile(sorted, 0.5),
                quantile(sorted, 0.95),
                conversations.size(),
                conversations.running(),
                conversations.waiting());
    }

    private static double quantile(double[] sorted, double share) {
        return sorted.length == 0 ? 0 : sorted[(int) Math.ceil(share * sorted.length) - 1];
    }
}
