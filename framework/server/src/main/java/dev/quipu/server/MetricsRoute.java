package dev.quipu.server;

import dev.quipu.Answer;
import dev.quipu.runtime.Assistant;
import dev.quipu.runtime.AssistantMetrics;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.ext.web.RoutingContext;
import java.util.Locale;

/** What the server counts, in Prometheus's text form. */
final class MetricsRoute {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    MetricsRoute(Assistant assistant) {
        AssistantMetrics metrics = assistant.metrics();
        for (Answer.Path path : Answer.Path.values()) {
            FunctionCounter.builder("quipu.answers", metrics, m -> m.answers(path))
                    .description("Answers by what produced them")
                    .tag("path", path.name().toLowerCase(Locale.ROOT))
                    .register(registry);
        }
        FunctionCounter.builder("quipu.failures", metrics, AssistantMetrics::failures)
                .description("Messages that were not answered")
                .register(registry);
        for (double quantile : new double[] {0.5, 0.95, 0.99}) {
            Gauge.builder("quipu.answer.seconds", metrics, m -> m.millis(quantile) / 1000)
                    .description("Time to the whole answer over the latest answers")
                    .tag("quantile", String.valueOf(quantile))
                    .register(registry);
        }
    }

    void handle(RoutingContext context) {
        context.response()
                .putHeader("content-type", "text/plain; version=0.0.4; charset=utf-8")
                .end(registry.scrape());
    }
}
