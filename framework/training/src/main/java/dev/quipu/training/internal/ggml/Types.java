package dev.quipu.training.internal.ggml;

/** Types of numbers that the trainer makes tensors of, by ggml's ids. Frozen weights may have any other. */
public final class Types {
    public static final int F32 = 0;
    public static final int F16 = 1;
    public static final int Q8_0 = 8;
    public static final int I32 = 26;

    private Types() {}

    /** Bytes of a number; 0 for a quantized type, whose numbers share bytes. */
    static long bytes(int type) {
        return switch (type) {
            case F32, I32 -> 4;
            case F16 -> 2;
            default -> 0;
        };
    }
}
