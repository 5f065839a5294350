package dev.quipu.training.internal;

import dev.quipu.training.internal.ggml.Tensor;
import dev.quipu.training.internal.ggml.Types;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes GGUF 3. Values of the metadata are {@code String}, {@code Integer}, {@code Long}, {@code Float}, {@code Boolean},
 * {@code int[]}, {@code float[]} or a list of strings. Tensors are read when they are written, one at a time.
 */
public final class GgufWriter {
    private static final int ALIGNMENT = 32;
    private static final int MAGIC = 'G' | 'G' << 8 | 'U' << 16 | 'F' << 24;

    /** Bytes of a tensor, made when they are needed. */
    public interface Data {
        ByteBuffer bytes() throws IOException;
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Entry(String name, int type, long[] dimensions, long size, Data data) {}

    private final Map<String, Object> metadata = new LinkedHashMap<>();
    private final List<Entry> entries = new ArrayList<>();

    public GgufWriter put(String key, Object value) {
        metadata.put(key, value);
        return this;
    }

    /** Adds a tensor of numbers as ggml holds them. */
    public GgufWriter tensor(String name, Tensor tensor) {
        return tensor(
                name,
                Types.F32,
                new long[] {tensor.dimension(0), tensor.dimension(1)},
                4 * tensor.elements(),
                () -> little(tensor.floats()));
    }

    /** Adds a tensor of any type. */
    public GgufWriter tensor(String name, int type, long[] dimensions, long size, Data data) {
        entries.add(new Entry(name, type, dimensions, size, data));
        return this;
    }

    public static ByteBuffer little(float[] values) {
        ByteBuffer buffer =
                ByteBuffer.allocate(Math.multiplyExact(4, values.length)).order(ByteOrder.LITTLE_ENDIAN);
        buffer.asFloatBuffer().put(values);
        return buffer;
    }

    public void write(FileChannel out) throws IOException {
        ByteArrayOutputStream header = new ByteArrayOutputStream();
        LittleEndian little = new LittleEndian(new DataOutputStream(header));
        little.whole(MAGIC);
        little.whole(3);
        little.wide(entries.size());
        little.wide(metadata.size());
        for (Map.Entry<String, Object> each : metadata.entrySet()) {
            little.text(each.getKey());
            little.value(each.getValue());
        }
        long offset = 0;
        for (Entry entry : entries) {
            little.text(entry.name());
            little.whole(entry.dimensions().length);
            for (long dimension : entry.dimensions()) {
                little.wide(dimension);
            }
            little.whole(entry.type());
            little.wide(offset);
            offset += padded(entry.size());
        }
        all(out, ByteBuffer.wrap(header.toByteArray()));
        all(out, ByteBuffer.allocate((int) (padded(header.size()) - header.size())));
        for (Entry entry : entries) {
            ByteBuffer bytes = entry.data().bytes();
            if (bytes.remaining() != entry.size()) {
                throw new IllegalStateException(
                        entry.name() + " has " + bytes.remaining() + " bytes, not " + entry.size());
            }
            all(out, bytes);
            all(out, ByteBuffer.allocate((int) (padded(entry.size()) - entry.size())));
        }
    }

    private static long padded(long size) {
        return (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }

    static void all(FileChannel out, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            out.write(bytes);
        }
    }
}
