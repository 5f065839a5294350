package dev.quipu.llama.gguf;

import java.util.List;

/**
 * A tensor's entry in the header.
 *
 * @param dimensions from the one whose numbers lie side by side; one to four
 * @param elements the product of the dimensions
 * @param offset of its first byte, from the data offset of the file
 * @param bytes that it takes
 */
public record GgufTensor(String name, List<Long> dimensions, TensorType type, long elements, long offset, long bytes) {
    public GgufTensor {
        dimensions = List.copyOf(dimensions);
    }

    /** A dimension, 1 where the tensor has fewer. */
    public long dimension(int index) {
        return index < dimensions.size() ? dimensions.get(index) : 1;
    }
}
