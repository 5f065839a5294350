package dev.quipu.training.internal.ggml;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.stream.IntStream;

/** Brings rows of numbers to a type, as ggml stores them. */
public final class RowQuantizer {
    private static final int SLICE = 64;

    private final Ggml ggml = Ggml.load();
    private final int type;
    private final int rowLength;
    private final long rowBytes;

    public RowQuantizer(int type, int rowLength) {
        this.type = type;
        this.rowLength = rowLength;
        this.rowBytes = ggml.number("ggml_row_size", "lil", type, (long) rowLength);
    }

    /** Whether a type is of use only with statistics of what a model's weights are multiplied by. */
    public static boolean needsStatistics(int type) {
        return Boolean.TRUE.equals(Ggml.load().call("ggml_quantize_requires_imatrix", "bi", type));
    }

    /** @param values whole rows */
    public ByteBuffer rows(float[] values) {
        int rows = values.length / rowLength;
        try (Arena arena = Arena.ofShared()) {
            MemorySegment from = arena.allocateFrom(JAVA_FLOAT, values);
            MemorySegment to = arena.allocate(rows * rowBytes, 64);
            IntStream.range(0, Math.ceilDiv(rows, SLICE)).parallel().forEach(slice -> {
                int first = slice * SLICE;
                quantize(from, to, first, Math.min(SLICE, rows - first));
            });
            return ByteBuffer.allocate(Math.toIntExact(to.byteSize()))
                    .put(to.asByteBuffer())
                    .flip();
        }
    }

    private void quantize(MemorySegment from, MemorySegment to, long first, long count) {
        long written = ggml.number(
                "ggml_quantize_chunk",
                "lipplllp",
                type,
                from.address(),
                to.address(),
                first * rowLength,
                count,
                (long) rowLength,
                0L);
        if (written != count * rowBytes) {
            throw new IllegalArgumentException("ggml makes no rows of type " + type);
        }
    }
}
