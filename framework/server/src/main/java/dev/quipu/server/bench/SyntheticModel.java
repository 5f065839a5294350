package dev.quipu.server.bench;

import dev.quipu.llama.gguf.TensorType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Writes a GGUF file with the measures of a real model and random weights, for a machine to which no model can be brought.
 *
 * <p>Its vocabulary spells each byte as a token, so a prompt has as many tokens as letters; the rest are names that only
 * the model itself can utter.
 */
final class SyntheticModel {
    private static final int ALIGNMENT = 32;
    private static final int VERSION = 3;
    private static final int BYTES = 256;
    private static final int NORMAL = 1;
    private static final int CONTROL = 3;

    /** The numbers that stand for types of values in a file. */
    private enum Value {
        UINT32(4),
        INT32(5),
        FLOAT32(6),
        BOOL(7),
        STRING(8),
        ARRAY(9);

        private final int id;

        Value(int id) {
            this.id = id;
        }
    }

    private final Geometry geometry;
    private final Weights weights;
    private final ByteArrayOutputStream header = new ByteArrayOutputStream();
    private int keys;

    private SyntheticModel(Geometry geometry, Weights weights) {
        this.geometry = geometry;
        this.weights = weights;
    }

    static void write(Geometry geometry, TensorType type, Path file) {
        SyntheticModel model = new SyntheticModel(geometry, Weights.of(type));
        try (FileChannel out = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            model.write(out);
        } catch (IOException e) {
            throw new BenchException(BenchError.IO, file + " cannot be written: " + e + ". Check the disk.", e);
        }
    }

    private void write(FileChannel out) throws IOException {
        parameters();
        vocabulary();
        byte[] metadata = header.toByteArray();
        header.reset();
        bytes("GGUF".getBytes(StandardCharsets.US_ASCII));
        number(VERSION, 4);
        number(geometry.tensors().size(), 8);
        number(keys, 8);
        bytes(metadata);
        long offset = 0;
        for (Map.Entry<String, List<Long>> tensor : geometry.tensors().entrySet()) {
            List<Long> dimensions = tensor.getValue();
            text(tensor.getKey());
            number(dimensions.size(), 4);
            dimensions.forEach(dimension -> number(dimension, 8));
            number((norm(dimensions) ? TensorType.F32 : weights.type()).id(), 4);
            number(offset, 8);
            offset = padded(offset + size(dimensions));
        }
        bytes(new byte[(int) (padded(header.size()) - header.size())]);
        fill(out, ByteBuffer.wrap(header.toByteArray()));
        for (List<Long> dimensions : geometry.tensors().values()) {
            tensor(out, dimensions);
        }
    }

    private void tensor(FileChannel out, List<Long> dimensions) throws IOException {
        long left = size(dimensions);
        int padding = (int) (padded(left) - left);
        if (norm(dimensions)) {
            fill(out, Weights.ones(dimensions.getFirst()));
        } else {
            while (left > 0) {
                ByteBuffer piece = weights.next(left);
                left -= piece.remaining();
                fill(out, piece);
            }
        }
        fill(out, ByteBuffer.allocate(padding));
    }

    private static void fill(FileChannel out, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            out.write(bytes);
        }
    }

    private static boolean norm(List<Long> dimensions) {
        return dimensions.size() == 1;
    }

    private long size(List<Long> dimensions) {
        return norm(dimensions)
                ? 4 * dimensions.getFirst()
                : weights.bytes(dimensions.getFirst() * dimensions.getLast());
    }

    private static long padded(long size) {
        return (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }

    private void parameters() {
        put("general.architecture", "llama");
        put("general.type", "model");
        put("general.name", "random weights");
        put("llama.context_length", geometry.context());
        put("llama.embedding_length", geometry.width());
        put("llama.block_count", geometry.layers());
        put("llama.feed_forward_length", geometry.inner());
        put("llama.attention.head_count", geometry.heads());
        put("llama.attention.head_count_kv", geometry.keyHeads());
        put("llama.rope.dimension_count", geometry.head());
        put("llama.attention.layer_norm_rms_epsilon", 1e-5f);
        put("llama.rope.freq_base", 500_000f);
    }

    private void vocabulary() {
        List<String> tokens = new ArrayList<>();
        int next = BYTES;
        for (int b = 0; b < BYTES; b++) {
            // GPT-2's spelling: bytes that cannot be shown get the characters behind Latin-1.
            boolean shown = (b >= '!' && b <= '~') || (b >= 0xA1 && b <= 0xAC) || b >= 0xAE;
            tokens.add(Character.toString(shown ? b : next++));
        }
        while (tokens.size() < geometry.tokens() - 2) {
            tokens.add("word" + tokens.size());
        }
        tokens.add("<|begin|>");
        tokens.add("<|end|>");
        put("tokenizer.ggml.model", "gpt2");
        put("tokenizer.ggml.pre", "smollm");
        array("tokenizer.ggml.tokens", Value.STRING, tokens, this::text);
        List<Integer> types = new ArrayList<>();
        for (int token = 0; token < tokens.size(); token++) {
            types.add(token < tokens.size() - 2 ? NORMAL : CONTROL);
        }
        array("tokenizer.ggml.token_type", Value.INT32, types, type -> number(type, 4));
        array("tokenizer.ggml.merges", Value.STRING, List.of("q q"), this::text);
        put("tokenizer.ggml.bos_token_id", tokens.size() - 2);
        put("tokenizer.ggml.eos_token_id", tokens.size() - 1);
        key("tokenizer.ggml.add_bos_token", Value.BOOL);
        number(0, 1);
    }

    private void key(String name, Value type) {
        keys++;
        text(name);
        number(type.id, 4);
    }

    private void put(String name, String value) {
        key(name, Value.STRING);
        text(value);
    }

    private void put(String name, int value) {
        key(name, Value.UINT32);
        number(value, 4);
    }

    private void put(String name, float value) {
        key(name, Value.FLOAT32);
        number(Float.floatToRawIntBits(value), 4);
    }

    private <T> void array(String name, Value type, List<T> values, Consumer<T> writer) {
        key(name, Value.ARRAY);
        number(type.id, 4);
        number(values.size(), 8);
        values.forEach(writer);
    }

    private void text(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        number(utf8.length, 8);
        bytes(utf8);
    }

    private void bytes(byte[] bytes) {
        header.writeBytes(bytes);
    }

    private void number(long value, int size) {
        byte[] all = ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(value)
                .array();
        header.write(all, 0, size);
    }
}
