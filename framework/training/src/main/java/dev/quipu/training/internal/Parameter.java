package dev.quipu.training.internal;

import dev.quipu.training.internal.ggml.Tensor;

/**
 * A matrix that learns.
 *
 * @param name in the adapter's file
 * @param fast whether it learns at the faster rate of LoRA+
 * @param gradient summed over the batches of a step
 * @param first moment of AdamW
 * @param second moment of AdamW
 */
record Parameter(String name, boolean fast, Tensor weight, Tensor gradient, Tensor first, Tensor second) {}
