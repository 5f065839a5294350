package dev.quipu.llama.quantize;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quipu.llama.gguf.TensorType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Random blocks of numbers on a grid, written as Q8_0 over what plain rounding made of them. */
class GridBlockTest {
    private static final ValueLayout.OfShort HALF = ValueLayout.JAVA_SHORT_UNALIGNED;
    private static final int NUMBERS = 32;
    private static final int BLOCKS = 500;

    @ParameterizedTest
    @EnumSource(names = {"Q4_1", "Q5_1"})
    void losesLessThanHalfOfWhatRoundingByTheLargestLoses(TensorType type) {
        SplittableRandom random = new SplittableRandom(1);
        double plain = 0;
        double fine = 0;
        for (int i = 0; i < BLOCKS; i++) {
            MemorySegment block = block(type, random);
            float[] numbers = numbers(type, block);
            MemorySegment eight = rounded(numbers);
            double before = lost(numbers, eight);

            write(type, block, eight);

            double after = lost(numbers, eight);
            assertThat(after).isLessThanOrEqualTo(before);
            plain += before;
            fine += after;
        }
        assertThat(fine).isLessThan(plain / 2);
    }

    @Test
    void leavesABlockOfZerosAlone() {
        MemorySegment block = MemorySegment.ofArray(new byte[TensorType.Q4_1.blockBytes()]);
        MemorySegment eight = MemorySegment.ofArray(new byte[TensorType.Q8_0.blockBytes()]);

        write(TensorType.Q4_1, block, eight);

        assertThat(eight.toArray(JAVA_BYTE)).containsOnly(0);
    }

    @Test
    void leavesABlockWhoseNumbersAreFarFromZeroForItsGridAlone() {
        MemorySegment block = MemorySegment.ofArray(new byte[TensorType.Q4_1.blockBytes()]);
        block.set(HALF, 0, Float.floatToFloat16(0.001f));
        block.set(HALF, 2, Float.floatToFloat16(100));
        MemorySegment eight = rounded(numbers(TensorType.Q4_1, block));
        byte[] before = eight.toArray(JAVA_BYTE);

        write(TensorType.Q4_1, block, eight);

        assertThat(eight.toArray(JAVA_BYTE)).isEqualTo(before);
    }

    private static void write(TensorType type, MemorySegment from, MemorySegment to) {
        GridBlock block = new GridBlock(type);
        block.read(from, 0);
        block.write(to, 0);
    }

    private static MemorySegment block(TensorType type, SplittableRandom random) {
        byte[] bytes = new byte[type.blockBytes()];
        random.nextBytes(bytes);
        MemorySegment block = MemorySegment.ofArray(bytes);
        float width = (float) random.nextDouble(0.001, 0.05);
        block.set(HALF, 0, Float.floatToFloat16(width));
        block.set(HALF, 2, Float.floatToFloat16(-width * (float) random.nextDouble(4, 20)));
        return block;
    }

    /** By the layouts, number by number: independent of what is tested. */
    private static float[] numbers(TensorType type, MemorySegment block) {
        float[] numbers = new float[NUMBERS];
        int head = type == TensorType.Q5_1 ? 8 : 4;
        for (int i = 0; i < NUMBERS; i++) {
            int both = block.get(JAVA_BYTE, head + i % 16) & 0xff;
            int step = i < 16 ? both % 16 : both / 16;
            if (type == TensorType.Q5_1) {
                int high = (block.get(JAVA_BYTE, 4 + i / 8) >> (i % 8)) & 1;
                step += 16 * high;
            }
            numbers[i] = Float.float16ToFloat(block.get(HALF, 2)) + Float.float16ToFloat(block.get(HALF, 0)) * step;
        }
        return numbers;
    }

    private static MemorySegment rounded(float[] numbers) {
        float largest = 0;
        for (float number : numbers) {
            largest = Math.max(largest, Math.abs(number));
        }
        MemorySegment block = MemorySegment.ofArray(new byte[TensorType.Q8_0.blockBytes()]);
        block.set(HALF, 0, Float.floatToFloat16(largest / 127));
        for (int i = 0; i < NUMBERS; i++) {
            block.set(JAVA_BYTE, 2 + i, (byte) Math.round(numbers[i] / (largest / 127)));
        }
        return block;
    }

    private static double lost(float[] numbers, MemorySegment eight) {
        double sum = 0;
        for (int i = 0; i < NUMBERS; i++) {
            double off = numbers[i] - Float.float16ToFloat(eight.get(HALF, 0)) * eight.get(JAVA_BYTE, 2 + i);
            sum += off * off;
        }
        return sum;
    }
}
