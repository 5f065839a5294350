package dev.quipu.llama.gguf;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes GGUF files for tests, sound ones and any other. */
final class GgufBytes {
    private static final int ALIGNMENT = 32;

    /** A value with the type that is written before it; an array is a list. */
    record Typed(ValueType type, @Nullable ValueType elements, Object value) {
        Typed(ValueType type, Object value) {
            this(type, null, value);
        }
    }

    /** A tensor; the type is a number, so that it may be one that does not exist. */
    @SuppressWarnings("ArrayRecordComponent") // tensors of tests are never compared
    record Tensor(String name, List<Long> dimensions, int type, byte[] data) {}

    int version = 3;
    final Map<String, Typed> metadata = new LinkedHashMap<>();
    final List<Tensor> tensors = new ArrayList<>();

    GgufBytes put(String key, ValueType type, Object value) {
        metadata.put(key, new Typed(type, value));
        return this;
    }

    GgufBytes put(String key, String text) {
        return put(key, ValueType.STRING, text.getBytes(StandardCharsets.UTF_8));
    }

    GgufBytes put(String key, int number) {
        return put(key, ValueType.UINT32, number);
    }

    GgufBytes putArray(String key, ValueType elements, List<?> values) {
        metadata.put(key, new Typed(ValueType.ARRAY, elements, new ArrayList<Object>(values)));
        return this;
    }

    GgufBytes tensor(String name, TensorType type, byte[] data, Long... dimensions) {
        tensors.add(new Tensor(name, List.of(dimensions), type.id(), data));
        return this;
    }

    @SuppressWarnings("unchecked")
    List<Object> array(String key) {
        return (List<Object>)
                java.util.Objects.requireNonNull(metadata.get(key)).value();
    }

    byte[] header() {
        LittleEndian out = new LittleEndian();
        out.bytes("GGUF".getBytes(StandardCharsets.US_ASCII));
        out.number(version, 4);
        out.number(tensors.size(), 8);
        out.number(metadata.size(), 8);
        metadata.forEach((key, typed) -> {
            out.text(key.getBytes(StandardCharsets.UTF_8));
            out.number(typed.type().id(), 4);
            out.value(typed);
        });
        long offset = 0;
        for (Tensor tensor : tensors) {
            out.text(tensor.name().getBytes(StandardCharsets.UTF_8));
            out.number(tensor.dimensions().size(), 4);
            tensor.dimensions().forEach(d -> out.number(d, 8));
            out.number(tensor.type(), 4);
            out.number(offset, 8);
            offset = padded(offset + tensor.data().length);
        }
        return out.toByteArray();
    }

    byte[] build() {
        LittleEndian out = new LittleEndian();
        out.bytes(header());
        out.pad();
        tensors.forEach(tensor -> {
            out.bytes(tensor.data());
            out.pad();
        });
        return out.toByteArray();
    }

    private static long padded(long size) {
        return (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }

    private static final class LittleEndian extends ByteArrayOutputStream {
        void bytes(byte[] bytes) {
            writeBytes(bytes);
        }

        void number(long number, int bytes) {
            byte[] all = ByteBuffer.allocate(8)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(number)
                    .array();
            write(all, 0, bytes);
        }

        void text(byte[] text) {
            number(text.length, 8);
            bytes(text);
        }

        void pad() {
            bytes(new byte[(int) (padded(size()) - size())]);
        }

        void value(Typed typed) {
            switch (typed.value()) {
                case byte[] text -> text(text);
                case List<?> list -> {
                    ValueType elements = java.util.Objects.requireNonNull(typed.elements());
                    number(elements.id(), 4);
                    number(list.size(), 8);
                    list.forEach(
                            element -> value(element instanceof Typed nested ? nested : new Typed(elements, element)));
                }
                case Float real -> number(Float.floatToRawIntBits(real), 4);
                case Double real -> number(Double.doubleToRawLongBits(real), 8);
                case Boolean truth -> number(truth ? 1 : 0, 1);
                case Number whole ->
                    number(whole.longValue(), Math.max(1, typed.type().leastBytes()));
                default -> throw new IllegalArgumentException("no such value: " + typed);
            }
        }
    }
}
