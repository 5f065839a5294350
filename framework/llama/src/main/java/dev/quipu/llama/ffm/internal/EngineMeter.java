package dev.quipu.llama.ffm.internal;

import dev.quipu.llama.EngineCounters;
import dev.quipu.llama.EngineMetrics;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/** What the loop measures. Written by its thread, read by any. */
final class EngineMeter {
    final LongAdder promptTokens = new LongAdder();
    final LongAdder cachedTokens = new LongAdder();
    final LongAdder outputTokens = new LongAdder();
    final LongAdder spilled = new LongAdder();
    final LongAdder restored = new LongAdder();
    final LatencyMeter queued = new LatencyMeter();
    final LatencyMeter firstToken = new LatencyMeter();
    final LatencyMeter betweenTokens = new LatencyMeter();

    private final LongAdder passes = new LongAdder();
    private final LongAdder passTokens = new LongAdder();
    private final LongAdder prefillNanos = new LongAdder();
    private final LongAdder decodeNanos = new LongAdder();
    private volatile State state = new State(0, 0, 0, 0, 0, 0);

    /** Figures that only the loop's thread can read where they stand. */
    record State(int running, int cellsUsed, int cells, int prefixes, long evicted, long preempted) {}

    void state(State now) {
        state = now;
    }

    /** A pass took so long; each of its tokens had an equal part of that. */
    void pass(List<PassPlan.Portion> plan, long nanos) {
        int tokens = 0;
        int decoding = 0;
        for (PassPlan.Portion portion : plan) {
            tokens += portion.tokens();
            decoding += portion.tokens() == 1 && portion.task().generated() > 0 ? 1 : 0;
        }
        passes.increment();
        passTokens.add(tokens);
        decodeNanos.add(nanos * decoding / tokens);
        prefillNanos.add(nanos * (tokens - decoding) / tokens);
    }

    EngineCounters counters(int waiting) {
        return new EngineCounters(promptTokens.sum(), cachedTokens.sum(), outputTokens.sum(), state.running(), waiting);
    }

    EngineMetrics metrics(int waiting, int capacity) {
        State now = state;
        return new EngineMetrics(
                counters(waiting),
                passes.sum(),
                passTokens.sum(),
                passes.sum() * capacity,
                Duration.ofNanos(prefillNanos.sum()),
                Duration.ofNanos(decodeNanos.sum()),
                queued.snapshot(),
                firstToken.snapshot(),
                betweenTokens.snapshot(),
                now.cellsUsed(),
                now.cells(),
                now.prefixes(),
                now.evicted(),
                now.preempted(),
                spilled.sum(),
                restored.sum());
    }
}
