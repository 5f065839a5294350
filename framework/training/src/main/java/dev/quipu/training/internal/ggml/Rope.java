package dev.quipu.training.internal.ggml;

import java.util.Optional;

/**
 * How positions turn queries and keys.
 *
 * @param dimensions of a head that are turned
 * @param mode 0 where a pair lies side by side, 2 where it lies half a head apart
 * @param base of the frequencies
 * @param scale of the positions
 * @param factors one for each frequency, of models that were stretched to long texts
 */
public record Rope(int dimensions, int mode, float base, float scale, Optional<Tensor> factors) {}
