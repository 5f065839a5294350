package dev.quipu.llama.jni;

import dev.quipu.llama.EngineError;
import dev.quipu.llama.EngineException;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What java-llama.cpp does not tell of a model, read from the head of its GGUF file.
 *
 * @param values metadata: strings, {@code Long}, {@code Double}, {@code Boolean}, and lists of them
 * @param parameters number of weights
 */
record GgufHeader(Map<String, Object> values, long parameters) {
    private static final int MAGIC = 0x46554747;
    private static final int LONGEST = 1 << 24;
    private static final int STRING = 8;
    private static final int ARRAY = 9;

    static GgufHeader read(Path model) {
        try (Reader in = new Reader(new BufferedInputStream(Files.newInputStream(model), 1 << 16))) {
            if (in.u32() != MAGIC) {
                throw new IOException("it is no GGUF file");
            }
            long version = in.u32();
            if (version < 2 || version > 3) {
                throw new IOException("its GGUF version " + version + " is not known");
            }
            int tensors = in.count();
            int pairs = in.count();
            Map<String, Object> values = new HashMap<>();
            for (int i = 0; i < pairs; i++) {
                values.put(in.string(), in.value((int) in.u32(), 0));
            }
            long parameters = 0;
            for (int i = 0; i < tensors; i++) {
                parameters += in.tensor();
            }
            return new GgufHeader(values, parameters);
        } catch (IOException e) {
            throw new EngineException(
                    EngineError.MODEL, model + " cannot be used: " + e.getMessage() + ". Pull the model again.", e);
        }
    }

    String text(String key) {
        return values.get(key) instanceof String text ? text : "";
    }

    long number(String key, long otherwise) {
        return values.get(key) instanceof Long number ? number : otherwise;
    }

    /** A list; empty where there is none. */
    List<?> list(String key) {
        return values.get(key) instanceof List<?> list ? list : List.of();
    }

    /** Little-endian values. */
    private static final class Reader extends DataInputStream {
        Reader(InputStream in) {
            super(in);
        }

        long u32() throws IOException {
            return Integer.toUnsignedLong(Integer.reverseBytes(readInt()));
        }

        long u64() throws IOException {
            return Long.reverseBytes(readLong());
        }

        int count() throws IOException {
            long count = u64();
            if (count < 0 || count > LONGEST) {
                throw new IOException("it names " + count + " entries");
            }
            return (int) count;
        }

        String string() throws IOException {
            return new String(readNBytesOrFail(count()), StandardCharsets.UTF_8);
        }

        private byte[] readNBytesOrFail(int count) throws IOException {
            byte[] bytes = readNBytes(count);
            if (bytes.length < count) {
                throw new IOException("it ends in the middle");
            }
            return bytes;
        }

        Object value(int type, int depth) throws IOException {
            return switch (type) {
                case 0, 1 -> (long) readByte();
                case 2, 3 -> (long) Short.reverseBytes(readShort());
                case 4, 5 -> (long) Integer.reverseBytes(readInt());
                case 6 -> (double) Float.intBitsToFloat(Integer.reverseBytes(readInt()));
                case 7 -> readBoolean();
                case STRING -> string();
                case ARRAY -> array(depth);
                case 10, 11 -> u64();
                case 12 -> Double.longBitsToDouble(u64());
                default -> throw new IOException("a value has the unknown type " + type);
            };
        }

        private List<Object> array(int depth) throws IOException {
            int type = (int) u32();
            int count = count();
            if (depth > 2) {
                throw new IOException("its metadata nests too deep");
            }
            List<Object> items = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                items.add(value(type, depth + 1));
            }
            return items;
        }

        /** Number of weights of the next tensor. */
        long tensor() throws IOException {
            string();
            long dimensions = u32();
            if (dimensions > 4) {
                throw new IOException("a tensor has " + dimensions + " dimensions");
            }
            long weights = 1;
            for (int i = 0; i < dimensions; i++) {
                weights *= u64();
            }
            u32();
            u64();
            return weights;
        }
    }
}
