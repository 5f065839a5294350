package dev.quipu.training.internal;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import dev.quipu.training.internal.ggml.Tensor;
import dev.quipu.training.internal.ggml.Types;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.stream.IntStream;

/**
 * Fills a matrix with the columns of another, which comes row by row. ggml's own copy of a transposed matrix takes a number
 * at a time; here blocks of rows are read side by side and each gives a block of every column.
 */
final class Transposition {
    private static final int BLOCK = 32;
    private static final int BLOCK_BYTES = 34;
    private static final int MOST = 127;

    private final Tensor target;
    private final int columns;
    private final int rows;
    private final Arena arena = Arena.ofShared();
    private final MemorySegment bytes;

    /** @param target of type F32, F16 or Q8_0 */
    Transposition(Tensor target) {
        this.target = target;
        this.rows = Math.toIntExact(target.dimension(0));
        this.columns = Math.toIntExact(target.dimension(1));
        this.bytes = arena.allocate(size(target.type(), (long) rows * columns), 64);
    }

    private static long size(int type, long elements) {
        return switch (type) {
            case Types.F32 -> 4 * elements;
            case Types.F16 -> 2 * elements;
            case Types.Q8_0 -> elements / BLOCK * BLOCK_BYTES;
            default -> throw new IllegalArgumentException("no transposition to type " + type);
        };
    }

    /** Takes whole rows of the other matrix; but for the last, a multiple of 32 of them. */
    void take(float[] source, long firstRow) {
        int count = source.length / columns;
        IntStream.range(0, Math.ceilDiv(count, BLOCK)).parallel().forEach(block -> {
            int from = block * BLOCK;
            int to = Math.min(count, from + BLOCK);
            switch (target.type()) {
                case Types.F32 -> plain(source, from, to, firstRow);
                case Types.F16 -> half(source, from, to, firstRow);
                default -> quantized(source, from, firstRow);
            }
        });
    }

    private void plain(float[] source, int from, int to, long firstRow) {
        for (int column = 0; column < columns; column++) {
            long place = (long) column * rows + firstRow;
            for (int row = from; row < to; row++) {
                bytes.setAtIndex(JAVA_FLOAT, place + row, source[row * columns + column]);
            }
        }
    }

    private void half(float[] source, int from, int to, long firstRow) {
        for (int column = 0; column < columns; column++) {
            long place = (long) column * rows + firstRow;
            for (int row = from; row < to; row++) {
                short value = Float.floatToFloat16(source[row * columns + column]);
                bytes.set(JAVA_SHORT_UNALIGNED, 2 * (place + row), value);
            }
        }
    }

    /** A block of Q8_0 is a scale of half precision and 32 signed bytes. */
    private void quantized(float[] source, int from, long firstRow) {
        float[] values = new float[BLOCK];
        for (int column = 0; column < columns; column++) {
            float greatest = 0;
            for (int i = 0; i < BLOCK; i++) {
                values[i] = source[(from + i) * columns + column];
                greatest = Math.max(greatest, Math.abs(values[i]));
            }
            float scale = greatest / MOST;
            float inverse = scale > 0 ? 1 / scale : 0;
            long place = ((long) column * (rows / BLOCK) + (firstRow + from) / BLOCK) * BLOCK_BYTES;
            bytes.set(JAVA_SHORT_UNALIGNED, place, Float.floatToFloat16(scale));
            for (int i = 0; i < BLOCK; i++) {
                bytes.set(JAVA_BYTE, place + 2 + i, (byte) Math.round(values[i] * inverse));
            }
        }
    }

    /** Hands the matrix to ggml. */
    void finish() {
        target.writeBytes(bytes);
        arena.close();
    }
}
