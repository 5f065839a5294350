package dev.quipu.llama;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quipu.llama.EngineMetrics.Latency;
import java.util.List;
import org.junit.jupiter.api.Test;

class EngineMetricsTest {
    @Test
    void aQuantileIsTheBoundOfItsBucket() {
        Latency latency = new Latency(List.of(0.1, 0.5, 1.0), List.of(50L, 40L, 9L, 1L), 30);

        assertThat(latency.count()).isEqualTo(100);
        assertThat(latency.quantile(0.5)).isEqualTo(0.1);
        assertThat(latency.quantile(0.9)).isEqualTo(0.5);
        assertThat(latency.quantile(0.99)).isEqualTo(1.0);
        assertThat(latency.quantile(1)).isEqualTo(1.0);
    }

    @Test
    void whereNothingWasMeasuredEverythingIsZero() {
        EngineMetrics metrics = EngineMetrics.of(new EngineCounters(0, 0, 0, 0, 0));

        assertThat(metrics.firstToken().quantile(0.5)).isZero();
        assertThat(metrics.batchFill()).isZero();
        assertThat(metrics.prefillRate()).isZero();
        assertThat(metrics.counters().hitRate()).isZero();
    }

    @Test
    void theHitRateIsThePartOfPromptsThatNeedNotBeComputed() {
        assertThat(new EngineCounters(25, 75, 0, 0, 0).hitRate()).isEqualTo(0.75);
    }
}
