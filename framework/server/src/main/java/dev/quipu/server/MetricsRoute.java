package dev.quipu.server;

import dev.quipu.Answer;
import dev.quipu.runtime.Assistant;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.ext.web.RoutingContext;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** What the server counts, in Prometheus's text form. */
final class MetricsRoute {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    MetricsRoute(Assistant assistant, ModelMeter model) {
        model.register(registry);
        for (Answer.Path path : Answer.Path.values()) {
            FunctionCounter.builder("quipu.answers", assistant, a -> answers(a, path))
                    .description("Answers by what produced them")
                    .tag("path", path.name().toLowerCase(Locale.ROOT))
                    .register(registry);
        }
        FunctionCounter.builder(
                        "quipu.answers.degraded", assistant, a -> a.metrics().degraded())
                .description("Answers that were given while a part was unavailable")
                .register(registry);
        FunctionCounter.builder("quipu.errors", assistant, a -> a.metrics().errors())
                .description("Questions that ended in an error")
                .register(registry);
        gauge(assistant, "0.5", a -> a.metrics().p50Millis() / 1000);
        gauge(assistant, "0.95", a -> a.metrics().p95Millis() / 1000);
        Gauge.builder("quipu.turns.running", assistant, a -> a.metrics().running())
                .description("Turns that are being answered")
                .register(registry);
        Gauge.builder("quipu.turns.waiting", assistant, a -> a.metrics().waiting())
                .description("Turns that wait for an earlier one of their conversation")
                .register(registry);
    }

    private static double answers(Assistant assistant, Answer.Path path) {
        return assistant.metrics().answers().getOrDefault(path, 0L);
    }

    private void gauge(Assistant assistant, String quantile, ToDoubleFunction<Assistant> value) {
        Gauge.builder("quipu.answer.seconds", assistant, value)
                .description("Time to the whole answer over the latest answers")
                .tag("quantile", quantile)
                .register(registry);
    }

    void handle(RoutingContext context) {
        // An isolated engine is asked in its own process.
        context.vertx()
                .executeBlocking(registry::scrape, false)
                .onSuccess(text -> context.response()
                        .putHeader("content-type", "text/plain; version=0.0.4; charset=utf-8")
                        .end(text))
                .onFailure(context::fail);
    }
}
