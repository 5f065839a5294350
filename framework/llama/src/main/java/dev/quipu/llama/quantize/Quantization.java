package dev.quipu.llama.quantize;

import dev.quipu.llama.gguf.TensorType;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The mixes of tensor types that a model can be brought to. A K mix gives some tensors more bits than its name says, and a
 * tensor whose rows are no multiple of 256 gets a type of 32 numbers a block instead.
 */
public enum Quantization {
    F16(1, 16),
    Q8_0(7, 8.5),
    Q6_K(18, 6.5625),
    Q5_K_M(17, 6.5625),
    Q5_0(8, 6.5625),
    Q4_K_M(15, 6.5625),
    Q4_0(2, 6.5625),
    /**
     * Q8_0 for weights of types that {@linkplain TensorType#batches do not batch}, the rest as it is: for many users on a CPU.
     * The file is larger; what a weight loses is far less than it lost when it was quantized.
     */
    BATCHED(7, 8.5);

    /** What stands in for a K type where rows do not fit its blocks, at most. */
    private static final double FALL_BACK_BITS = 8.5;

    private final int fileType;
    private final double mostBits;

    Quantization(int fileType, double mostBits) {
        this.fileType = fileType;
        this.mostBits = mostBits;
    }

    /** The number that stands for it in a file and in llama.cpp. */
    public int fileType() {
        return fileType;
    }

    /** Whether a weight of this type stays as it is. */
    boolean keeps(TensorType type) {
        return this == BATCHED && type.batches();
    }

    /** Bits that a number of a row of this length takes at most. */
    double mostBits(long rowLength) {
        return rowLength % 256 == 0 ? mostBits : Math.max(mostBits, FALL_BACK_BITS);
    }

    /** By its name in any case, as in {@code q4_k_m}. */
    public static Optional<Quantization> named(String name) {
        return Stream.of(values())
                .filter(q -> q.name().equals(name.toUpperCase(Locale.ROOT)))
                .findFirst();
    }
}
