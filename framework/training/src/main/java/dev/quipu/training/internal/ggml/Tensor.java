package dev.quipu.training.internal.ggml;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;

/**
 * A tensor of ggml, by the address of its structure. Valid until the {@link TensorPool} that it is of is closed.
 *
 * <p>Dimension 0 is the one whose numbers lie side by side, so a matrix of dimensions (in, out) has a row for each output.
 */
public record Tensor(long address) {
    private static final long DIMENSIONS = 16;
    private static final long STRIDES = 48;
    private static final long DATA = 248;
    private static final long STRUCT = 336;

    private MemorySegment struct() {
        return MemorySegment.ofAddress(address).reinterpret(STRUCT);
    }

    public long dimension(int index) {
        return struct().get(JAVA_LONG, DIMENSIONS + 8L * index);
    }

    public List<Long> dimensions() {
        return List.of(dimension(0), dimension(1), dimension(2), dimension(3));
    }

    /** Bytes from one entry of a dimension to the next. */
    public long stride(int index) {
        return struct().get(JAVA_LONG, STRIDES + 8L * index);
    }

    /** The type's number, as in a GGUF file. */
    public int type() {
        return struct().get(JAVA_INT, 0);
    }

    public long elements() {
        return dimension(0) * dimension(1) * dimension(2) * dimension(3);
    }

    boolean transposed() {
        return stride(0) > stride(1);
    }

    /** Whether its numbers lie side by side without gaps; for numbers that are not quantized. */
    boolean contiguous() {
        long expected = stride(0);
        if (expected != Types.bytes(type())) {
            return false;
        }
        for (int i = 0; i < 4; i++) {
            if (dimension(i) != 1 && stride(i) != expected) {
                return false;
            }
            expected *= dimension(i);
        }
        return true;
    }

    boolean allocated() {
        return struct().get(JAVA_LONG, DATA) != 0;
    }

    /** Replaces its numbers. */
    public void write(float[] values) {
        require(Types.F32, values.length);
        try (Arena arena = Arena.ofConfined()) {
            write(arena.allocateFrom(JAVA_FLOAT, values));
        }
    }

    /** Replaces its numbers. */
    public void write(int[] values) {
        require(Types.I32, values.length);
        try (Arena arena = Arena.ofConfined()) {
            write(arena.allocateFrom(JAVA_INT, values));
        }
    }

    /** Its numbers. */
    public float[] floats() {
        long n = elements();
        require(Types.F32, n);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment copy = arena.allocate(4 * n, 64);
            Ggml.load().call("ggml_backend_tensor_get", "vppll", address, copy.address(), 0L, 4 * n);
            return copy.toArray(ValueLayout.JAVA_FLOAT);
        }
    }

    /** Makes all its numbers zero. */
    public void clear() {
        if (!allocated()) {
            throw new IllegalArgumentException("a tensor without data");
        }
        Ggml.load().call("ggml_set_zero", "pp", address);
    }

    /** Replaces its bytes by memory of the same size. */
    public void writeBytes(MemorySegment data) {
        if (!allocated() || data.byteSize() != Ggml.load().number("ggml_nbytes", "lp", address)) {
            throw new IllegalArgumentException(this + " does not have " + data.byteSize() + " bytes");
        }
        write(data);
    }

    private void write(MemorySegment data) {
        Ggml.load().call("ggml_backend_tensor_set", "vppll", address, data.address(), 0L, data.byteSize());
    }

    private void require(int type, long length) {
        if (type() != type || elements() != length || !contiguous() || !allocated()) {
            throw new IllegalArgumentException(
                    "a tensor of type " + type() + " and " + dimensions() + " is not " + length + " of type " + type);
        }
    }

    @Override
    public String toString() {
        return "type " + type() + " "
                + Arrays.toString(new long[] {dimension(0), dimension(1), dimension(2), dimension(3)});
    }
}
