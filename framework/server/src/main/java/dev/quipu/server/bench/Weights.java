package dev.quipu.server.bench;

import dev.quipu.llama.gguf.TensorType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.SplittableRandom;

/**
 * Random weights in a type's blocks, repeated over and over: a figure of speed does not depend on them, and drawing
 * billions of numbers would take longer than to measure.
 */
final class Weights {
    /** A prime number of blocks, so that the rows of a matrix are not alike. */
    private static final int BLOCKS = 1_048_573;

    private static final float SCALE = 0.002f;

    private final TensorType type;
    private final ByteBuffer pool;

    private Weights(TensorType type, ByteBuffer pool) {
        this.type = type;
        this.pool = pool;
    }

    static Weights of(TensorType type) {
        SplittableRandom random = new SplittableRandom(11);
        ByteBuffer pool = ByteBuffer.allocateDirect(BLOCKS * type.blockBytes()).order(ByteOrder.LITTLE_ENDIAN);
        byte[] numbers = new byte[type.blockBytes()];
        while (pool.hasRemaining()) {
            random.nextBytes(numbers);
            switch (type) {
                // A scale, then numbers of eight or four bits around zero.
                case Q8_0 -> pool.putShort(Float.floatToFloat16(SCALE)).put(numbers, 0, 32);
                case Q4_0 -> pool.putShort(Float.floatToFloat16(SCALE * 16)).put(numbers, 0, 16);
                case F16 -> pool.putShort(Float.floatToFloat16(SCALE * numbers[0]));
                case F32 -> pool.putFloat(SCALE * numbers[0]);
                default -> throw new IllegalArgumentException("no random weights of type " + type);
            }
        }
        return new Weights(type, pool.flip());
    }

    /** Ones, for norms. */
    static ByteBuffer ones(long count) {
        ByteBuffer ones = ByteBuffer.allocate(Math.toIntExact(4 * count)).order(ByteOrder.LITTLE_ENDIAN);
        while (ones.hasRemaining()) {
            ones.putFloat(1);
        }
        return ones.flip();
    }

    TensorType type() {
        return type;
    }

    /** Bytes that so many numbers take. */
    long bytes(long numbers) {
        return numbers / type.blockSize() * type.blockBytes();
    }

    /** A view of whole blocks, at most so many bytes, from a place that the call before left. */
    ByteBuffer next(long most) {
        if (!pool.hasRemaining()) {
            pool.rewind();
        }
        int size = (int) Math.min(most, pool.remaining());
        ByteBuffer view = pool.slice(pool.position(), size);
        pool.position(pool.position() + size);
        return view;
    }
}
