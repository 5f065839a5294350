package dev.quipu.training.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;

/** How far apart numbers are that should be the same. */
final class Difference {
    private Difference() {}

    static double greatest(float[] a, float[] b) {
        assertThat(a).hasSameSizeAs(b);
        double greatest = 0;
        for (int i = 0; i < a.length; i++) {
            greatest = Math.max(greatest, Math.abs(a[i] - b[i]));
        }
        return greatest;
    }

    /** From the least to the greatest. */
    static double spread(float[] values) {
        float[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length - 1] - sorted[0];
    }

    /** Of all numbers together taken as one direction. */
    static double cosine(List<float[]> a, List<float[]> b) {
        double product = 0;
        double first = 0;
        double second = 0;
        for (int i = 0; i < a.size(); i++) {
            for (int j = 0; j < a.get(i).length; j++) {
                product += (double) a.get(i)[j] * b.get(i)[j];
                first += (double) a.get(i)[j] * a.get(i)[j];
                second += (double) b.get(i)[j] * b.get(i)[j];
            }
        }
        return product / Math.sqrt(first * second);
    }
}
