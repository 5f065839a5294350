package dev.quipu.kg.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class PassageVectorTest {
    private static float[] random(Random random) {
        float[] vector = new float[384];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = (float) random.nextGaussian();
        }
        return vector;
    }

    @Test
    void keepsTheCosineWithinRounding() {
        Random random = new Random(5);
        float[] a = random(random);
        float[] b = random(random);
        double ab = 0;
        double aa = 0;
        double bb = 0;
        for (int i = 0; i < a.length; i++) {
            b[i] += a[i];
            ab += a[i] * b[i];
            aa += a[i] * a[i];
            bb += b[i] * b[i];
        }

        float cosine = PassageVector.of("m", a).cosine(PassageVector.of("m", b));

        assertThat(cosine).isCloseTo((float) (ab / Math.sqrt(aa * bb)), Offset.offset(0.01f));
    }

    @Test
    void doesNotCompareVectorsOfTwoModels() {
        float[] vector = random(new Random(6));

        assertThat(PassageVector.of("a", vector).cosine(PassageVector.of("b", vector)))
                .isZero();
    }

    @Test
    void bearsAVectorOfNothing() {
        PassageVector nothing = PassageVector.of("a", new float[8]);

        assertThat(nothing.cosine(nothing)).isZero();
    }
}
