package dev.quipu.llama.quantize;

import java.nio.file.Path;

/**
 * What a quantization came to.
 *
 * @param file the new model
 * @param sourceBytes size of the file that it was made of
 * @param bytes its own size
 */
public record QuantizedModel(Path file, Quantization type, long sourceBytes, long bytes) {}
