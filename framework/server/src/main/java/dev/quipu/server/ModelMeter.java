package dev.quipu.server;

import dev.langchain4j.model.chat.response.ChatResponse;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** Counts what the bare model does. */
final class ModelMeter {
    private final AtomicInteger running = new AtomicInteger();
    private final LongAdder failed = new LongAdder();
    private final LongAdder input = new LongAdder();
    private final LongAdder output = new LongAdder();

    void begun() {
        running.incrementAndGet();
    }

    void ended(ChatResponse response) {
        running.decrementAndGet();
        input.add(response.tokenUsage().inputTokenCount());
        output.add(response.tokenUsage().outputTokenCount());
    }

    void failed() {
        running.decrementAndGet();
        failed.increment();
    }

    void register(MeterRegistry registry) {
        Gauge.builder("quipu.model.running", running, AtomicInteger::get)
                .description("Requests that the bare model works on or that wait for it")
                .register(registry);
        FunctionCounter.builder("quipu.model.failures", failed, LongAdder::sum)
                .description("Requests to the bare model that ended in an error")
                .register(registry);
        tokens(registry, "input", input);
        tokens(registry, "output", output);
    }

    private static void tokens(MeterRegistry registry, String type, LongAdder count) {
        FunctionCounter.builder("quipu.model.tokens", count, LongAdder::sum)
                .description("Tokens that the bare model read and wrote")
                .tag("type", type)
                .register(registry);
    }
}
