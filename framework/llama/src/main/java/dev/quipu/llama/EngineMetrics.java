package dev.quipu.llama;

import java.time.Duration;
import java.util.List;

/**
 * How an engine has served since it was loaded. A snapshot: figures of one snapshot may be a pass apart.
 *
 * @param counters tokens and requests
 * @param passes batches that llama.cpp computed
 * @param passTokens tokens in them
 * @param passCapacity tokens that they had room for
 * @param prefillTime time in passes, the part of it that prompts' tokens had
 * @param decodeTime time in passes, the part of it that drawn tokens had
 * @param queued from the call to the first free sequence
 * @param firstToken from the call to the first token (TTFT)
 * @param betweenTokens from one token of a generation to its next, waiting for a slow reader left out
 * @param cellsUsed cells of the KV cache that hold a token
 * @param cells all cells
 * @param prefixes finished conversations whose cells are kept
 * @param evicted prefixes that made room
 * @param preempted generations that gave their cells to others and were computed again
 * @param spilled prefixes written to disk
 * @param restored prefixes read back
 */
public record EngineMetrics(
        EngineCounters counters,
        long passes,
        long passTokens,
        long passCapacity,
        Duration prefillTime,
        Duration decodeTime,
        Latency queued,
        Latency firstToken,
        Latency betweenTokens,
        int cellsUsed,
        int cells,
        int prefixes,
        long evicted,
        long preempted,
        long spilled,
        long restored) {
    /** Only the counters, of an engine that does not measure more. */
    public static EngineMetrics of(EngineCounters counters) {
        return new EngineMetrics(
                counters,
                0,
                0,
                0,
                Duration.ZERO,
                Duration.ZERO,
                Latency.NONE,
                Latency.NONE,
                Latency.NONE,
                0,
                0,
                0,
                0,
                0,
                0,
                0);
    }

    /** The part of the passes' room that had a token, 0 to 1. */
    public double batchFill() {
        return passCapacity == 0 ? 0 : (double) passTokens / passCapacity;
    }

    /** Prompt tokens in a second of prefill. */
    public double prefillRate() {
        return rate(counters.promptTokens(), prefillTime);
    }

    /** Drawn tokens in a second of decoding, of all generations together. */
    public double decodeRate() {
        return rate(counters.outputTokens(), decodeTime);
    }

    private static double rate(long tokens, Duration time) {
        return time.isZero() ? 0 : tokens * 1e9 / time.toNanos();
    }

    /**
     * Durations by how often each length occurred.
     *
     * @param bounds upper bounds of the buckets in seconds, rising; a last bucket without a bound follows
     * @param counts one for each bucket
     * @param total of all durations, in seconds
     */
    public record Latency(List<Double> bounds, List<Long> counts, double total) {
        static final Latency NONE = new Latency(List.of(), List.of(0L), 0);

        public Latency {
            bounds = List.copyOf(bounds);
            counts = List.copyOf(counts);
        }

        public long count() {
            return counts.stream().mapToLong(Long::longValue).sum();
        }

        /** The bound that so large a part of the durations keeps; the last one for those beyond it, 0 without any. */
        public double quantile(double part) {
            if (bounds.isEmpty()) {
                return 0;
            }
            double wanted = part * count();
            long seen = 0;
            for (int i = 0; i < bounds.size(); i++) {
                seen += counts.get(i);
                if (seen > 0 && seen >= wanted) {
                    return bounds.get(i);
                }
            }
            return seen == 0 && counts.getLast() == 0 ? 0 : bounds.getLast();
        }
    }
}
