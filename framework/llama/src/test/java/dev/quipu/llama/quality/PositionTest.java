package dev.quipu.llama.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class PositionTest {
    private static final double TINY = 1e-12;

    @Test
    void isNoDistanceFromItself() {
        float[] logits = {1.5f, -0.25f, 3, 0};

        Position position = Position.of(logits, logits, 1);

        assertThat(position.divergence()).isZero();
        assertThat(position.loss()).isEqualTo(position.referenceLoss());
        assertThat(position.sameTop()).isTrue();
    }

    @Test
    void measuresTheDivergenceOfTheModelFromTheReference() {
        // Probabilities 1/2, 1/2 against 3/4, 1/4.
        float[] model = {(float) Math.log(3), 0};
        float[] reference = {0, 0};

        Position position = Position.of(model, reference, 1);

        double expected = 0.5 * Math.log(0.5 / 0.75) + 0.5 * Math.log(0.5 / 0.25);
        assertThat(position.divergence()).isEqualTo(expected, within(1e-7));
        assertThat(position.loss()).isEqualTo(Math.log(4), within(1e-7));
        assertThat(position.referenceLoss()).isEqualTo(Math.log(2), within(TINY));
    }

    @Test
    void doesNotChangeWhenAllLogitsDo() {
        Position low = Position.of(new float[] {1, 2, 3}, new float[] {3, 2, 0}, 0);

        Position high = Position.of(new float[] {1001, 1002, 1003}, new float[] {-997, -998, -1000}, 0);

        assertThat(high.divergence()).isEqualTo(low.divergence(), within(TINY));
        assertThat(high.loss()).isEqualTo(low.loss(), within(TINY));
    }

    @Test
    void leavesOutTokensThatTheReferenceRulesOut() {
        float[] reference = {0, Float.NEGATIVE_INFINITY};

        Position position = Position.of(new float[] {0, 0}, reference, 0);

        assertThat(position.divergence()).isEqualTo(Math.log(2), within(TINY));
    }
}
