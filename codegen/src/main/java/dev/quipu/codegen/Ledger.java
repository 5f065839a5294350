package dev.quipu.codegen;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts what a request has cost, and writes its trace. Thread-safe. */
final class Ledger {
    private final Clock clock;
    private final Instant begun;
    private final Budget budget;
    private final CodeListener listener;
    private final List<Step> trace = new ArrayList<>();
    private final AtomicInteger prompt = new AtomicInteger();
    private final AtomicInteger output = new AtomicInteger();
    private final AtomicInteger attempts = new AtomicInteger();

    Ledger(Clock clock, Budget budget, CodeListener listener) {
        this.clock = clock;
        this.begun = clock.instant();
        this.budget = budget;
        this.listener = listener;
    }

    int nextAttempt() {
        return attempts.incrementAndGet();
    }

    void spend(Draft draft) {
        prompt.addAndGet(draft.promptTokens());
        output.addAndGet(draft.outputTokens());
    }

    void step(Step.State state, int attempt, String note) {
        Step step = new Step(state, attempt, note, elapsed());
        synchronized (trace) {
            trace.add(step);
        }
        listener.onStep(step);
    }

    int attemptsLeft() {
        return Math.max(0, budget.attempts() - attempts.get());
    }

    int tokensLeft() {
        return Math.max(0, budget.tokens() - output.get());
    }

    boolean timeIsUp() {
        return elapsed().compareTo(budget.time()) >= 0;
    }

    Duration elapsed() {
        return Duration.between(begun, clock.instant());
    }

    List<Step> trace() {
        synchronized (trace) {
            return List.copyOf(trace);
        }
    }

    int promptTokens() {
        return prompt.get();
    }

    int outputTokens() {
        return output.get();
    }

    double seconds() {
        return elapsed().toMillis() / 1000.0;
    }
}
