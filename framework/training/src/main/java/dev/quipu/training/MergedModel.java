package dev.quipu.training;

import java.nio.file.Path;

/**
 * What a merge came to.
 *
 * @param file the new model
 * @param weights that the adapter changed
 * @param baseBytes size of the model that it was made of
 * @param bytes its own size
 */
public record MergedModel(Path file, int weights, long baseBytes, long bytes) {}
