package dev.quipu.server;

import dev.quipu.llama.EngineMetrics;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/** What the engine does, for whomever, and how many requests to the bare model failed. */
final class ModelMeter {
    private static final List<Double> QUANTILES = List.of(0.5, 0.95, 0.99);

    private final Supplier<EngineMetrics> engine;
    private final LongAdder failed = new LongAdder();

    ModelMeter(Supplier<EngineMetrics> engine) {
        this.engine = engine;
    }

    void failed() {
        failed.increment();
    }

    void register(MeterRegistry registry) {
        gauge(
                registry,
                "running",
                "Generations that hold a sequence of the model",
                e -> e.counters().running());
        gauge(
                registry,
                "waiting",
                "Generations that wait for a sequence of the model",
                e -> e.counters().waiting());
        FunctionCounter.builder("quipu.model.failures", failed, LongAdder::sum)
                .description("Requests to the bare model that ended in an error")
                .register(registry);
        tokens(registry, "input", e -> e.counters().promptTokens());
        tokens(registry, "cached", e -> e.counters().cachedTokens());
        tokens(registry, "output", e -> e.counters().outputTokens());
        gauge(
                registry,
                "cache.hit.ratio",
                "Part of prompt tokens that were found computed",
                e -> e.counters().hitRate());
        gauge(registry, "cache.cells.used", "Cells of the KV cache that hold a token", EngineMetrics::cellsUsed);
        gauge(registry, "cache.cells", "Cells of the KV cache", EngineMetrics::cells);
        gauge(registry, "cache.prefixes", "Finished conversations that are kept", EngineMetrics::prefixes);
        count(registry, "cache.evictions", "Kept conversations that made room", EngineMetrics::evicted);
        count(registry, "cache.spills", "Kept conversations written to disk", EngineMetrics::spilled);
        count(registry, "cache.restores", "Kept conversations read back from disk", EngineMetrics::restored);
        count(registry, "preemptions", "Generations that gave their cells to others", EngineMetrics::preempted);
        count(registry, "passes", "Batches that the model computed", EngineMetrics::passes);
        gauge(registry, "batch.fill.ratio", "Part of the batches' room that had a token", EngineMetrics::batchFill);
        gauge(registry, "prefill.rate", "Prompt tokens in a second of prefill", EngineMetrics::prefillRate);
        gauge(registry, "decode.rate", "Drawn tokens in a second of decoding", EngineMetrics::decodeRate);
        latency(registry, "queued", "From the call to the first free sequence", EngineMetrics::queued);
        latency(registry, "first.token", "From the call to the first token", EngineMetrics::firstToken);
        latency(registry, "between.tokens", "From one token to the next", EngineMetrics::betweenTokens);
    }

    private void gauge(MeterRegistry registry, String what, String means, ToDoubleFunction<EngineMetrics> value) {
        Gauge.builder("quipu.model." + what, engine, e -> value.applyAsDouble(e.get()))
                .description(means)
                .register(registry);
    }

    private void count(MeterRegistry registry, String what, String means, ToDoubleFunction<EngineMetrics> value) {
        FunctionCounter.builder("quipu.model." + what, engine, e -> value.applyAsDouble(e.get()))
                .description(means)
                .register(registry);
    }

    private void tokens(MeterRegistry registry, String type, ToDoubleFunction<EngineMetrics> value) {
        FunctionCounter.builder("quipu.model.tokens", engine, e -> value.applyAsDouble(e.get()))
                .description("Tokens that the model computed of prompts, found computed, and drew")
                .tag("type", type)
                .register(registry);
    }

    /** Quantiles are bounds of buckets, of all requests since the start. */
    private void latency(
            MeterRegistry registry, String what, String means, Function<EngineMetrics, EngineMetrics.Latency> of) {
        FunctionTimer.builder(
                        "quipu.model." + what,
                        engine,
                        e -> of.apply(e.get()).count(),
                        e -> of.apply(e.get()).total(),
                        TimeUnit.SECONDS)
                .description(means)
                .register(registry);
        for (double quantile : QUANTILES) {
            Gauge.builder(
                            "quipu.model." + what + ".quantile",
                            engine,
                            e -> of.apply(e.get()).quantile(quantile))
                    .description(means + ", in seconds")
                    .tag("quantile", String.valueOf(quantile))
                    .register(registry);
        }
    }
}
