package dev.quipu.llama.gguf;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the keys and values of a header. Nothing is allocated by a number that the file has not backed with bytes. */
final class MetadataReader {
    /** What an entry costs beside its text: the map's node, the key, the value. */
    private static final int ENTRY_BYTES = 200;
    /** The shortest entry: a key of one character and a value of one byte. */
    private static final int LEAST_ENTRY_BYTES = 8 + 1 + 4 + 1;

    private final HeaderReader in;
    private final Allowance allowance;

    MetadataReader(HeaderReader in, Allowance allowance) {
        this.in = in;
        this.allowance = allowance;
    }

    Map<String, GgufValue> read(long count) throws IOException {
        in.require(count, LEAST_ENTRY_BYTES, "keys");
        if (count > Allowance.KEYS) {
            throw in.tooLarge("the header has " + count + " keys, more than " + Allowance.KEYS);
        }
        Map<String, GgufValue> metadata = new LinkedHashMap<>();
        for (long i = 0; i < count; i++) {
            String key = name("key " + i, Allowance.KEY_BYTES);
            allowance.take(in, ENTRY_BYTES + 2L * key.length());
            GgufValue value = value(type(key), key);
            if (metadata.putIfAbsent(key, value) != null) {
                throw in.malformed("the key " + key + " occurs twice");
            }
        }
        return metadata;
    }

    /** A key or a tensor's name: characters that can be shown, no blanks. */
    String name(String what, int limit) throws IOException {
        long length = in.readLong("the length of " + what);
        if (length < 1 || length > limit) {
            throw in.malformed(what + " has a length of " + Long.toUnsignedString(length) + ", but has to have 1 to "
                    + limit + " bytes");
        }
        byte[] bytes = in.readBytes((int) length, what);
        for (byte b : bytes) {
            if (b <= ' ' || b > '~') {
                throw in.malformed(what + " has the byte " + Byte.toUnsignedInt(b) + ", which no name has");
            }
        }
        return new String(bytes, StandardCharsets.US_ASCII);
    }

    private ValueType type(String key) throws IOException {
        int id = in.readInt("the type of " + key);
        return ValueType.of(id).orElseThrow(() -> in.malformed(key + " has the unknown type " + id));
    }

    private GgufValue value(ValueType type, String key) throws IOException {
        return switch (type) {
            case UINT8 -> new GgufValue.Whole(type, Byte.toUnsignedInt((byte) in.readByte(key)));
            case INT8 -> new GgufValue.Whole(type, in.readByte(key));
            case UINT16 -> new GgufValue.Whole(type, Short.toUnsignedInt(in.readShort(key)));
            case INT16 -> new GgufValue.Whole(type, in.readShort(key));
            case UINT32 -> new GgufValue.Whole(type, Integer.toUnsignedLong(in.readInt(key)));
            case INT32 -> new GgufValue.Whole(type, in.readInt(key));
            case UINT64, INT64 -> new GgufValue.Whole(type, in.readLong(key));
            case FLOAT32 -> new GgufValue.Real(type, Float.intBitsToFloat(in.readInt(key)));
            case FLOAT64 -> new GgufValue.Real(type, Double.longBitsToDouble(in.readLong(key)));
            case BOOL -> new GgufValue.Truth(truth(key));
            case STRING -> text(key);
            case ARRAY -> array(key, 1);
        };
    }

    private boolean truth(String key) throws IOException {
        int value = in.readByte(key);
        if (value != 0 && value != 1) {
            throw in.malformed(key + " is " + value + ", but a truth value has to be 0 or 1");
        }
        return value == 1;
    }

    private GgufValue text(String key) throws IOException {
        long length = in.readLong("the length of " + key);
        in.require(length, key);
        if (length > Allowance.TEXT_BYTES) {
            GgufValue text = new GgufValue.LongText(in.position(), length);
            in.skip(length, key);
            return text;
        }
        allowance.take(in, 2 * length);
        return new GgufValue.Text(new String(in.readBytes((int) length, key), StandardCharsets.UTF_8));
    }

    private GgufValue array(String key, int depth) throws IOException {
        if (depth > Allowance.NESTING) {
            throw in.malformed(key + " nests arrays deeper than " + Allowance.NESTING);
        }
        ValueType type = type("the elements of " + key);
        long count = in.readLong("the count of " + key);
        in.require(count, type.leastBytes(), "elements of " + key);
        long start = in.position();
        if (type.fixed() && count <= Allowance.SHORT_ARRAY && depth == 1) {
            List<GgufValue> values = new ArrayList<>((int) count);
            allowance.take(in, 32 * count);
            for (int i = 0; i < count; i++) {
                values.add(value(type, key));
            }
            return new GgufValue.Array(type, count, start, in.position() - start, values);
        }
        pass(key, type, count, depth);
        return new GgufValue.Array(type, count, start, in.position() - start, List.of());
    }

    private void pass(String key, ValueType type, long count, int depth) throws IOException {
        switch (type) {
            case STRING -> {
                String what = "an element of " + key;
                for (long i = 0; i < count; i++) {
                    in.skip(in.readLong(what), what);
                    requireShort();
                }
            }
            case ARRAY -> {
                for (long i = 0; i < count; i++) {
                    array(key, depth + 1);
                    requireShort();
                }
            }
            default -> in.skip(count * type.leastBytes(), key);
        }
        requireShort();
    }

    private void requireShort() {
        if (in.position() > Allowance.HEADER_BYTES) {
            throw in.tooLarge("the header is longer than " + Allowance.HEADER_BYTES + " bytes");
        }
    }
}
