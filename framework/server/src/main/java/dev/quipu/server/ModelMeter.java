package dev.quipu.server;

import dev.quipu.llama.EngineCounters;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/** What the engine does, for whomever, and how many requests to the bare model failed. */
final class ModelMeter {
    private final Supplier<EngineCounters> engine;
    private final LongAdder failed = new LongAdder();

    ModelMeter(Supplier<EngineCounters> engine) {
        this.engine = engine;
    }

    void failed() {
        failed.increment();
    }

    void register(MeterRegistry registry) {
        gauge(registry, "running", "Generations that hold a sequence of the model", EngineCounters::running);
        gauge(registry, "waiting", "Generations that wait for a sequence of the model", EngineCounters::waiting);
        FunctionCounter.builder("quipu.model.failures", failed, LongAdder::sum)
                .description("Requests to the bare model that ended in an error")
                .register(registry);
        tokens(registry, "input", EngineCounters::promptTokens);
        tokens(registry, "cached", EngineCounters::cachedTokens);
        tokens(registry, "output", EngineCounters::outputTokens);
    }

    private void gauge(MeterRegistry registry, String what, String means, ToDoubleFunction<EngineCounters> value) {
        Gauge.builder("quipu.model." + what, engine, e -> value.applyAsDouble(e.get()))
                .description(means)
                .register(registry);
    }

    private void tokens(MeterRegistry registry, String type, ToDoubleFunction<EngineCounters> value) {
        FunctionCounter.builder("quipu.model.tokens", engine, e -> value.applyAsDouble(e.get()))
                .description("Tokens that the model computed of prompts, found computed, and drew")
                .tag("type", type)
                .register(registry);
    }
}
