package dev.quipu.llama.gguf;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/** Models with random weights, so small that llama.cpp loads one in milliseconds. */
final class TinyModel {
    /** The widths that everything else follows from. */
    record Shape(int width, int heads, int keyHeads, int head, int layers, int inner) {
        static final Shape USUAL = new Shape(32, 4, 2, 8, 2, 64);
    }

    static final List<String> ARCHITECTURES = List.of("llama", "qwen2", "qwen3", "gemma3");
    private static final List<String> PIECES = List.of("he", "ll", "o", "hello", "wor", "ld", "the", "in", "er", "an");

    private final String architecture;
    private final Shape shape;
    private final SplittableRandom random = new SplittableRandom(7);
    private final GgufBytes file = new GgufBytes();

    private TinyModel(String architecture, Shape shape) {
        this.architecture = architecture;
        this.shape = shape;
    }

    static GgufBytes of(String architecture, boolean bytePairs) {
        return of(architecture, bytePairs, Shape.USUAL);
    }

    static GgufBytes of(String architecture, boolean bytePairs, Shape shape) {
        TinyModel model = new TinyModel(architecture, shape);
        model.parameters();
        int tokens = bytePairs ? model.bytePairs() : model.sentencePiece();
        model.weights(tokens);
        return model.file;
    }

    /** A model that makes vectors, with a head that ranks or without. */
    static GgufBytes encoder(boolean ranks, Shape shape) {
        TinyModel model = new TinyModel("bert", shape);
        model.encoderParameters(ranks);
        int tokens = model.wordPieces();
        model.encoderWeights(tokens, ranks);
        return model.file;
    }

    private void encoderParameters(boolean ranks) {
        file.put("general.architecture", "bert").put("general.type", "model").put("general.name", "tiny");
        file.put("bert.context_length", 64);
        file.put("bert.embedding_length", shape.width);
        file.put("bert.block_count", shape.layers);
        file.put("bert.feed_forward_length", shape.inner);
        file.put("bert.attention.head_count", shape.heads);
        file.put("bert.attention.layer_norm_epsilon", ValueType.FLOAT32, 1e-12f);
        file.put("bert.attention.causal", ValueType.BOOL, false);
        file.put("bert.pooling_type", ranks ? 4 : 1);
    }

    private int wordPieces() {
        List<byte[]> tokens = new ArrayList<>();
        for (String special : List.of("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")) {
            tokens.add(ascii(special));
        }
        for (String piece : PIECES) {
            tokens.add(ascii(piece));
            tokens.add(("\u2581" + piece).getBytes(StandardCharsets.UTF_8));
        }
        file.put("tokenizer.ggml.model", "bert");
        file.putArray("tokenizer.ggml.tokens", ValueType.STRING, tokens);
        file.put("tokenizer.ggml.token_type_count", 2).put("tokenizer.ggml.padding_token_id", 0);
        file.put("tokenizer.ggml.unknown_token_id", 1).put("tokenizer.ggml.bos_token_id", 2);
        file.put("tokenizer.ggml.seperator_token_id", 3).put("tokenizer.ggml.mask_token_id", 4);
        return tokens.size();
    }

    private void encoderWeights(long tokens, boolean ranks) {
        long width = shape.width;
        matrix("token_embd.weight", width, tokens);
        matrix("position_embd.weight", width, 64);
        matrix("token_types.weight", width, 2);
        layerNorm("token_embd_norm", width);
        for (int layer = 0; layer < shape.layers; layer++) {
            String block = "blk." + layer + ".";
            for (String part : List.of("attn_q", "attn_k", "attn_v", "attn_output")) {
                matrix(block + part + ".weight", width, width);
                norm(block + part + ".bias", width);
            }
            layerNorm(block + "attn_output_norm", width);
            matrix(block + "ffn_up.weight", width, shape.inner);
            norm(block + "ffn_up.bias", shape.inner);
            matrix(block + "ffn_down.weight", shape.inner, width);
            norm(block + "ffn_down.bias", width);
            layerNorm(block + "layer_output_norm", width);
        }
        if (ranks) {
            matrix("cls.weight", width, width);
            matrix("cls.output.weight", width, 1);
        }
    }

    private void layerNorm(String name, long length) {
        norm(name + ".weight", length);
        norm(name + ".bias", length);
    }

    private void parameters() {
        file.put("general.architecture", architecture)
                .put("general.type", "model")
                .put("general.name", "tiny");
        file.put("general.file_type", 0);
        file.put(architecture + ".context_length", 64);
        file.put(architecture + ".embedding_length", shape.width);
        file.put(architecture + ".block_count", shape.layers);
        file.put(architecture + ".feed_forward_length", shape.inner);
        file.put(architecture + ".attention.head_count", shape.heads);
        file.put(architecture + ".attention.head_count_kv", shape.keyHeads);
        file.put(architecture + ".attention.key_length", shape.head);
        file.put(architecture + ".attention.value_length", shape.head);
        file.put(architecture + ".rope.dimension_count", shape.head);
        file.put(architecture + ".attention.layer_norm_rms_epsilon", ValueType.FLOAT32, 1e-5f);
        file.put(architecture + ".rope.freq_base", ValueType.FLOAT32, 10_000f);
        if (architecture.equals("gemma3")) {
            file.put(architecture + ".attention.sliding_window", 16);
        }
    }

    private int sentencePiece() {
        List<byte[]> tokens = new ArrayList<>();
        List<Integer> types = new ArrayList<>();
        for (String special : List.of("<unk>", "<s>", "</s>")) {
            tokens.add(ascii(special));
            types.add(special.equals("<unk>") ? 2 : 3);
        }
        for (int b = 0; b < 256; b++) {
            tokens.add(ascii(String.format(Locale.ROOT, "<0x%02X>", b)));
            types.add(6);
        }
        for (String piece : PIECES) {
            tokens.add(ascii(piece));
            types.add(1);
        }
        List<Float> scores = new ArrayList<>();
        tokens.forEach(t -> scores.add(-1f * scores.size()));
        vocabulary("llama", tokens, types);
        file.putArray("tokenizer.ggml.scores", ValueType.FLOAT32, scores);
        file.put("tokenizer.ggml.bos_token_id", 1).put("tokenizer.ggml.eos_token_id", 2);
        file.put("tokenizer.ggml.unknown_token_id", 0);
        file.put("tokenizer.ggml.add_bos_token", ValueType.BOOL, true);
        return tokens.size();
    }

    /** The bytes in GPT-2's spelling, a few merges and two special tokens. */
    private int bytePairs() {
        List<byte[]> tokens = new ArrayList<>();
        List<Integer> types = new ArrayList<>();
        int next = 256;
        for (int b = 0; b < 256; b++) {
            boolean shown = (b >= '!' && b <= '~') || (b >= 0xA1 && b <= 0xAC) || b >= 0xAE;
            tokens.add(Character.toString(shown ? b : next++).getBytes(StandardCharsets.UTF_8));
            types.add(1);
        }
        List<byte[]> merges = new ArrayList<>();
        for (String merge : List.of("h e", "l l", "o o", "he ll", "t h", "th e")) {
            merges.add(ascii(merge));
            tokens.add(ascii(merge.replace(" ", "")));
            types.add(1);
        }
        for (String special : List.of("<|im_start|>", "<|im_end|>")) {
            tokens.add(ascii(special));
            types.add(3);
        }
        vocabulary("gpt2", tokens, types);
        file.put("tokenizer.ggml.pre", architecture.startsWith("qwen") ? "qwen2" : "smollm");
        file.putArray("tokenizer.ggml.merges", ValueType.STRING, merges);
        file.put("tokenizer.ggml.bos_token_id", tokens.size() - 2)
                .put("tokenizer.ggml.eos_token_id", tokens.size() - 1);
        file.put("tokenizer.ggml.add_bos_token", ValueType.BOOL, false);
        return tokens.size();
    }

    private void vocabulary(String model, List<byte[]> tokens, List<Integer> types) {
        file.put("tokenizer.ggml.model", model);
        file.putArray("tokenizer.ggml.tokens", ValueType.STRING, tokens);
        file.putArray("tokenizer.ggml.token_type", ValueType.INT32, types);
        file.put("tokenizer.chat_template", "{% for m in messages %}{{ m.content }}{% endfor %}");
    }

    private void weights(long tokens) {
        long width = shape.width;
        matrix("token_embd.weight", width, tokens);
        norm("output_norm.weight", width);
        for (int layer = 0; layer < shape.layers; layer++) {
            layer("blk." + layer + ".");
        }
    }

    private void layer(String block) {
        long width = shape.width;
        long query = (long) shape.heads * shape.head;
        long key = (long) shape.keyHeads * shape.head;
        norm(block + "attn_norm.weight", width);
        matrix(block + "attn_q.weight", width, query);
        matrix(block + "attn_k.weight", width, key);
        matrix(block + "attn_v.weight", width, key);
        matrix(block + "attn_output.weight", query, width);
        norm(block + "ffn_norm.weight", width);
        matrix(block + "ffn_gate.weight", width, shape.inner);
        matrix(block + "ffn_up.weight", width, shape.inner);
        matrix(block + "ffn_down.weight", shape.inner, width);
        switch (architecture) {
            case "qwen2" -> {
                norm(block + "attn_q.bias", query);
                norm(block + "attn_k.bias", key);
                norm(block + "attn_v.bias", key);
            }
            case "qwen3" -> headNorms(block);
            case "gemma3" -> {
                headNorms(block);
                norm(block + "post_attention_norm.weight", width);
                norm(block + "post_ffw_norm.weight", width);
            }
            default -> {}
        }
    }

    private void headNorms(String block) {
        norm(block + "attn_q_norm.weight", shape.head);
        norm(block + "attn_k_norm.weight", shape.head);
    }

    private void matrix(String name, long rowLength, long rows) {
        ByteBuffer data = ByteBuffer.allocate((int) (4 * rowLength * rows)).order(ByteOrder.LITTLE_ENDIAN);
        while (data.hasRemaining()) {
            data.putFloat((float) (random.nextDouble() - 0.5) / 4);
        }
        file.tensor(name, TensorType.F32, data.array(), rowLength, rows);
    }

    private void norm(String name, long length) {
        ByteBuffer data = ByteBuffer.allocate((int) (4 * length)).order(ByteOrder.LITTLE_ENDIAN);
        while (data.hasRemaining()) {
            data.putFloat(1);
        }
        file.tensor(name, TensorType.F32, data.array(), length);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
