package dev.quipu.training.internal;

import dev.quipu.training.internal.ggml.Tensor;

/**
 * A matrix that learns.
 *
 * @param name in the adapter's file
 * @param fast whether it learns at the faster rate of LoRA+
 * @param gradient summed over the batches of a step, {@link #MAGNIFIED}
 * @param first moment of AdamW
 * @param second moment of AdamW
 */
record Parameter(String name, boolean fast, Tensor weight, Tensor gradient, Tensor first, Tensor second) {
    /**
     * What gradients are multiplied by until a step is taken. The share that a token has in the loss of a large batch is so
     * small that its gradient would leave the range of half precision, in which blocks of Q8_0 have their scale and some
     * devices multiply. A power of two, so nothing else is rounded otherwise.
     */
    static final float MAGNIFIED = 1024;

    /** The gradient's numbers as they are. */
    float[] slopes() {
        float[] numbers = gradient.floats();
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] /= MAGNIFIED;
        }
        return numbers;
    }
}
