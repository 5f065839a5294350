package dev.quipu.llama.quantize;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import dev.quipu.llama.gguf.TensorType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** One block of Q4_1 or Q5_1: 32 numbers {@code m + d q}. Layouts are those of ggml's {@code ggml-common.h}. */
final class GridBlock {
    private static final ValueLayout.OfShort HALF = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final int NUMBERS = 32;
    private static final int LARGEST = 127;
    /** Scales that are tried. */
    private static final int TRIED = 8;

    private final boolean five;
    private final int[] steps = new int[NUMBERS];
    private float width;
    private float least;

    GridBlock(TensorType type) {
        five = type == TensorType.Q5_1;
    }

    void read(MemorySegment from, long at) {
        width = Float.float16ToFloat(from.get(HALF, at));
        least = Float.float16ToFloat(from.get(HALF, at + 2));
        int high = five ? from.get(INT, at + 4) : 0;
        long low = at + (five ? 8 : 4);
        for (int i = 0; i < NUMBERS / 2; i++) {
            int both = from.get(JAVA_BYTE, low + i) & 0xff;
            steps[i] = (both & 0xf) | (((high >>> i) & 1) << 4);
            steps[i + NUMBERS / 2] = (both >>> 4) | (((high >>> (i + NUMBERS / 2)) & 1) << 4);
        }
    }

    /** Writes it as a block of Q8_0; what stands there stays where no scale of the grid is better. */
    void write(MemorySegment to, long at) {
        float best = Float.float16ToFloat(to.get(HALF, at));
        double bestError = error(best);
        float kept = best;
        int finest = (int) (LARGEST * width / largest());
        for (int k = finest; k > 0 && k > finest - TRIED; k--) {
            float scale = Float.float16ToFloat(Float.floatToFloat16(width / k));
            double error = error(scale);
            if (error < bestError) {
                best = scale;
                bestError = error;
            }
        }
        if (best == kept) {
            return;
        }
        to.set(HALF, at, Float.floatToFloat16(best));
        for (int i = 0; i < NUMBERS; i++) {
            to.set(JAVA_BYTE, at + 2 + i, (byte) Math.round(number(i) / best));
        }
    }

    private float number(int i) {
        return least + width * steps[i];
    }

    private float largest() {
        float largest = Float.MIN_NORMAL;
        for (int i = 0; i < NUMBERS; i++) {
            largest = Math.max(largest, Math.abs(number(i)));
        }
        return largest;
    }

    /** The sum of squares that is lost under a scale; infinite where numbers do not fit. */
    private double error(float scale) {
        double sum = 0;
        for (int i = 0; i < NUMBERS; i++) {
            float number = number(i);
            int rounded = Math.round(number / scale);
            if (Math.abs(rounded) > LARGEST) {
                return Double.POSITIVE_INFINITY;
            }
            double off = number - scale * (double) rounded;
            sum += off * off;
        }
        return sum;
    }
}
