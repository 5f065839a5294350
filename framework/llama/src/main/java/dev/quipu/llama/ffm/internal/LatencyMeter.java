package dev.quipu.llama.ffm.internal;

import dev.quipu.llama.EngineMetrics;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;

/** Counts durations by their length, in the buckets that OpenTelemetry's conventions give times to the first token. */
final class LatencyMeter {
    private static final double[] BOUNDS = {
        .001, .005, .01, .02, .04, .06, .08, .1, .25, .5, .75, 1, 2.5, 5, 7.5, 10, 20, 40, 80
    };

    private final AtomicLongArray counts = new AtomicLongArray(BOUNDS.length + 1);
    private final LongAdder nanos = new LongAdder();

    void add(long duration) {
        double seconds = duration / 1e9;
        int bucket = 0;
        while (bucket < BOUNDS.length && seconds > BOUNDS[bucket]) {
            bucket++;
        }
        counts.incrementAndGet(bucket);
        nanos.add(duration);
    }

    EngineMetrics.Latency snapshot() {
        List<Long> each = new ArrayList<>();
        for (int i = 0; i < counts.length(); i++) {
            each.add(counts.get(i));
        }
        return new EngineMetrics.Latency(Arrays.stream(BOUNDS).boxed().toList(), each, nanos.sum() / 1e9);
    }
}
