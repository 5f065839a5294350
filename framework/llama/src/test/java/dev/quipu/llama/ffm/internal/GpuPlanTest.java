package dev.quipu.llama.ffm.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quipu.llama.EngineException;
import dev.quipu.llama.EngineOptions;
import java.util.List;
import org.junit.jupiter.api.Test;

class GpuPlanTest {
    private static final long MB = 1_000_000;
    /** Three layers of 100 MB with 1,000 bytes of keys and values a token, and an output of 50 MB. */
    private static final ModelMemory MODEL = new ModelMemory(
            List.of(100 * MB, 100 * MB, 100 * MB), 50 * MB, List.of(1000L, 1000L, 1000L), 50 * MB, 1000, 1000, 4096);

    @Test
    void laysAllLayersAndTheOutputOnAGpuThatHoldsThem() {
        GpuPlan plan = new GpuPlan(MODEL, 1000, 100, 1000 * MB);

        assertThat(plan.choose(EngineOptions.AUTOMATIC)).isEqualTo(4);
        assertThat(plan.choose(9999)).isEqualTo(4);
    }

    @Test
    void laysAsManyLayersAsFit() {
        GpuPlan plan = new GpuPlan(MODEL, 1000, 100, 330 * MB);

        int layers = plan.choose(EngineOptions.AUTOMATIC);

        assertThat(layers).isEqualTo(3);
        assertThat(plan.need(layers).total()).isLessThanOrEqualTo(330 * MB);
        assertThat(plan.need(layers + 1).total()).isGreaterThan(330 * MB);
    }

    @Test
    void countsKeysAndValuesOfTheWholeContext() {
        GpuPlan.Need need = new GpuPlan(MODEL, 1000, 100, 0).need(4);

        assertThat(need.weights()).isEqualTo(350 * MB);
        assertThat(need.cache()).isEqualTo(3 * MB);
    }

    @Test
    void laysNothingOnAGpuWithoutRoom() {
        assertThat(new GpuPlan(MODEL, 1000, 100, 10 * MB).choose(EngineOptions.AUTOMATIC))
                .isZero();
    }

    @Test
    void refusesANumberThatDoesNotFitWithTheNumbers() {
        GpuPlan plan = new GpuPlan(MODEL, 1000, 100, 330 * MB);

        assertThatThrownBy(() -> plan.choose(4))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("QP-ENGINE-020")
                .hasMessageContaining("4 of 4 layers")
                .hasMessageContaining("weights 350")
                .hasMessageContaining("330 MB are free")
                .hasMessageContaining("3 fit");
    }
}
