package dev.quipu.training.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;

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
}
