package dev.quipu.training.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.quipu.training.TrainingError;
import dev.quipu.training.TrainingException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A file of safetensors: the length of a JSON header, the header, and the numbers of all tensors one after the other.
 *
 * <p>A file is untrusted: whatever its bytes say, reading ends with a header whose tensors fill the rest of the file exactly,
 * or with a {@link TrainingException}. No more is kept than the header, which is bounded.
 */
final class Safetensors {
    private static final int MOST_HEADER = 16 << 20;
    private static final int MOST_TENSORS = 1 << 16;
    private static final String METADATA = "__metadata__";
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** How numbers are stored. */
    enum Type {
        F32(4),
        F16(2),
        BF16(2);

        private final int bytes;

        Type(int bytes) {
            this.bytes = bytes;
        }
    }

    /** @param shape the last dimension's numbers lie side by side */
    record Entry(String name, Type type, List<Long> shape, long begin, long end) {
        Entry {
            shape = List.copyOf(shape);
        }

        long elements() {
            return (end - begin) / type.bytes;
        }
    }

    private final SeekableByteChannel in;
    private final long dataOffset;
    private final Map<String, Entry> entries = new LinkedHashMap<>();

    private Safetensors(SeekableByteChannel in, long dataOffset) {
        this.in = in;
        this.dataOffset = dataOffset;
    }

    /** @throws TrainingException if it is not a whole, sound file */
    static Safetensors read(SeekableByteChannel in) throws IOException {
        long size = in.size();
        if (size < Long.BYTES) {
            throw wrong("it has " + size + " bytes, too few for the length of its header");
        }
        long length = bytes(in, 0, Long.BYTES).getLong();
        if (length < 2 || length > MOST_HEADER || length > size - Long.BYTES) {
            throw wrong("its header says that it has " + Long.toUnsignedString(length) + " bytes, but the file has "
                    + size + " and " + MOST_HEADER + " are allowed");
        }
        Safetensors file = new Safetensors(in, Long.BYTES + length);
        JsonNode header = json(bytes(in, Long.BYTES, (int) length).array());
        if (header.size() > MOST_TENSORS) {
            throw wrong("it has " + header.size() + " tensors, more than " + MOST_TENSORS);
        }
        header.properties().forEach(field -> {
            if (!field.getKey().equals(METADATA)) {
                file.entries.put(field.getKey(), entry(field.getKey(), field.getValue()));
            }
        });
        file.requireFilled(size - file.dataOffset);
        return file;
    }

    private static JsonNode json(byte[] bytes) throws IOException {
        try {
            JsonNode header = JSON.readTree(bytes);
            if (header == null || !header.isObject()) {
                throw wrong("its header is no JSON object");
            }
            return header;
        } catch (JsonProcessingException e) {
            throw new TrainingException(
                    TrainingError.ADAPTER, "The safetensors file is damaged: " + e.getOriginalMessage() + ".", e);
        }
    }

    private static Entry entry(String name, JsonNode told) {
        Type type = type(name, told.path("dtype").asText());
        long elements = 1;
        List<Long> shape = new ArrayList<>();
        for (JsonNode dimension : told.path("shape")) {
            long value = whole(dimension, name);
            elements = value == 0 ? 0 : elements > Long.MAX_VALUE / 8 / value ? -1 : elements * value;
            if (elements < 0) {
                throw wrong(name + " has more numbers than can be");
            }
            shape.add(value);
        }
        JsonNode offsets = told.path("data_offsets");
        if (!told.path("shape").isArray() || !offsets.isArray() || offsets.size() != 2) {
            throw wrong(name + " lacks its shape or its place");
        }
        long begin = whole(offsets.get(0), name);
        long end = whole(offsets.get(1), name);
        if (end - begin != elements * type.bytes) {
            throw wrong(name + " is " + type + " " + shape + ", but lies from " + begin + " to " + end);
        }
        return new Entry(name, type, shape, begin, end);
    }

    private static Type type(String name, String told) {
        for (Type type : Type.values()) {
            if (type.name().equals(told)) {
                return type;
            }
        }
        throw wrong(name + " is of the type '" + told + "', but F32, F16 and BF16 are known");
    }

    private static long whole(JsonNode number, String name) {
        if (!number.isIntegralNumber() || !number.canConvertToLong() || number.longValue() < 0) {
            throw wrong(name + " has '" + number + "' where a count has to be");
        }
        return number.longValue();
    }

    /** Neither a gap nor a byte that two tensors share: what no tensor tells of could be anything. */
    private void requireFilled(long bytes) {
        long at = 0;
        for (Entry entry : entries.values().stream()
                .sorted(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end))
                .toList()) {
            if (entry.begin() != at) {
                throw wrong(
                        entry.name() + " begins at byte " + entry.begin() + ", but what is before it ends at " + at);
            }
            at = entry.end();
        }
        if (at != bytes) {
            throw wrong("its tensors take " + at + " bytes, but " + bytes + " are there");
        }
    }

    Map<String, Entry> entries() {
        return Collections.unmodifiableMap(entries);
    }

    /** A tensor's numbers. */
    float[] floats(Entry entry) throws IOException {
        int count = Math.toIntExact(entry.elements());
        ByteBuffer data = bytes(in, dataOffset + entry.begin(), Math.toIntExact(entry.end() - entry.begin()));
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = switch (entry.type()) {
                case F32 -> data.getFloat();
                case F16 -> Float.float16ToFloat(data.getShort());
                case BF16 -> Float.intBitsToFloat(data.getShort() << Short.SIZE);
            };
        }
        return values;
    }

    private static ByteBuffer bytes(SeekableByteChannel in, long from, int count) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
        in.position(from);
        while (bytes.hasRemaining()) {
            if (in.read(bytes) < 0) {
                throw new IOException("the file became shorter while it was read");
            }
        }
        return bytes.flip();
    }

    private static TrainingException wrong(String what) {
        return new TrainingException(TrainingError.ADAPTER, "The safetensors file is damaged: " + what + ".");
    }
}
