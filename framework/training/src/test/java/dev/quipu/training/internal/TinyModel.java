package dev.quipu.training.internal;

import dev.quipu.llama.gguf.TensorType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;

/** Models with random weights, so small that finite differences of them take a moment. */
public final class TinyModel {
    private static final int WIDTH = 64;
    private static final int HEADS = 4;
    private static final int KEY_HEADS = 2;
    private static final int HEAD = 16;
    private static final int INNER = 96;
    private static final int LAYERS = 2;

    private final String architecture;
    private final TensorType type;
    private final TensorType rounding;
    private final SplittableRandom random = new SplittableRandom(11);
    private final GgufWriter file = new GgufWriter();

    private TinyModel(String architecture, TensorType type, TensorType rounding) {
        this.architecture = architecture;
        this.type = type;
        this.rounding = rounding;
    }

    /** Writes those that src/test/peft/make_adapters.py makes adapters for into a folder. */
    public static void main(String[] arguments) {
        for (String architecture : List.of("llama", "qwen2")) {
            write(Path.of(arguments[0]), architecture, TensorType.F32);
        }
    }

    /** Writes one whose matrices are of a type: F32, Q8_0 or Q4_0. */
    public static Path write(Path folder, String architecture, TensorType type) {
        return write(folder, architecture, type, type);
    }

    /** Writes one of F32 whose numbers are those that a quantized one stands for. */
    static Path writeExact(Path folder, String architecture, TensorType rounding) {
        return write(folder, architecture, TensorType.F32, rounding);
    }

    /** Writes one that has a weight for its scores. */
    static Path writeUntied(Path folder, TensorType type) {
        TinyModel model = new TinyModel("llama", type, type);
        model.parameters();
        int tokens = model.vocabulary();
        model.weights(tokens);
        model.matrix("output.weight", WIDTH, tokens, 0.2);
        Path target = folder.resolve("untied-" + type + ".gguf");
        AtomicFile.write(target, model.file::write);
        return target;
    }

    private static Path write(Path folder, String architecture, TensorType type, TensorType rounding) {
        TinyModel model = new TinyModel(architecture, type, rounding);
        model.parameters();
        model.weights(model.vocabulary());
        Path target = folder.resolve(architecture + "-" + type + "-" + rounding + ".gguf");
        AtomicFile.write(target, model.file::write);
        return target;
    }

    private void parameters() {
        file.put("general.architecture", architecture)
                .put("general.type", "model")
                .put("general.name", "tiny")
                .put(architecture + ".context_length", 512)
                .put(architecture + ".embedding_length", WIDTH)
                .put(architecture + ".block_count", LAYERS)
                .put(architecture + ".feed_forward_length", INNER)
                .put(architecture + ".attention.head_count", HEADS)
                .put(architecture + ".attention.head_count_kv", KEY_HEADS)
                .put(architecture + ".attention.key_length", HEAD)
                .put(architecture + ".attention.value_length", HEAD)
                .put(architecture + ".rope.dimension_count", HEAD)
                .put(architecture + ".attention.layer_norm_rms_epsilon", 1e-5f)
                .put(architecture + ".rope.freq_base", 10_000f);
        if (architecture.equals("gemma3")) {
            file.put(architecture + ".attention.sliding_window", 6);
            file.put(architecture + ".attention.sliding_window_pattern", 2);
        }
    }

    /** Bytes in GPT-2's spelling and the marks of ChatML. */
    private int vocabulary() {
        List<String> tokens = new ArrayList<>();
        int next = 256;
        for (int b = 0; b < 256; b++) {
            boolean shown = (b >= '!' && b <= '~') || (b >= 0xA1 && b <= 0xAC) || b >= 0xAE;
            tokens.add(Character.toString(shown ? b : next++));
        }
        tokens.add("he");
        tokens.addAll(List.of("<|im_start|>", "<|im_end|>"));
        while (tokens.size() % 32 != 0) {
            tokens.add("<|unused" + tokens.size() + "|>");
        }
        int[] types = new int[tokens.size()];
        for (int i = 0; i < types.length; i++) {
            types[i] = i < 257 ? 1 : 3;
        }
        file.put("tokenizer.ggml.model", "gpt2")
                .put("tokenizer.ggml.pre", "smollm")
                .put("tokenizer.ggml.tokens", tokens)
                .put("tokenizer.ggml.token_type", types)
                .put("tokenizer.ggml.merges", List.of("h e"))
                .put("tokenizer.ggml.bos_token_id", 257)
                .put("tokenizer.ggml.eos_token_id", 258)
                .put("tokenizer.ggml.add_bos_token", false)
                .put(
                        "tokenizer.chat_template",
                        "{% for m in messages %}<|im_start|>{{ m.role }}\n{{ m.content }}<|im_end|>\n{% endfor %}"
                                + "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}");
        return tokens.size();
    }

    private void weights(int tokens) {
        matrix("token_embd.weight", WIDTH, tokens, 0.5);
        norm("output_norm.weight", WIDTH);
        for (int layer = 0; layer < LAYERS; layer++) {
            layer("blk." + layer + ".");
        }
    }

    private void layer(String block) {
        int query = HEADS * HEAD;
        int key = KEY_HEADS * HEAD;
        norm(block + "attn_norm.weight", WIDTH);
        matrix(block + "attn_q.weight", WIDTH, query, 0.125);
        matrix(block + "attn_k.weight", WIDTH, key, 0.125);
        matrix(block + "attn_v.weight", WIDTH, key, 0.125);
        matrix(block + "attn_output.weight", query, WIDTH, 0.125);
        norm(block + "ffn_norm.weight", WIDTH);
        matrix(block + "ffn_gate.weight", WIDTH, INNER, 0.125);
        matrix(block + "ffn_up.weight", WIDTH, INNER, 0.125);
        matrix(block + "ffn_down.weight", INNER, WIDTH, 0.1);
        switch (architecture) {
            case "qwen2" -> {
                vector(block + "attn_q.bias", query, 0);
                vector(block + "attn_k.bias", key, 0);
                vector(block + "attn_v.bias", key, 0);
            }
            case "qwen3", "gemma3" -> {
                norm(block + "attn_q_norm.weight", HEAD);
                norm(block + "attn_k_norm.weight", HEAD);
            }
            default -> {}
        }
        if (architecture.equals("gemma3")) {
            norm(block + "post_attention_norm.weight", WIDTH);
            norm(block + "post_ffw_norm.weight", WIDTH);
        }
    }

    private void norm(String name, int length) {
        vector(name, length, 1);
    }

    private void vector(String name, int length, double mean) {
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = (float) random.nextGaussian(mean, 0.1);
        }
        file.tensor(name, 0, new long[] {length}, 4L * length, () -> GgufWriter.little(values));
    }

    private void matrix(String name, int in, int out, double deviation) {
        float[] values = new float[in * out];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian(0, deviation);
        }
        long size = (long) values.length / type.blockSize() * type.blockBytes();
        file.tensor(name, type.id(), new long[] {in, out}, size, () -> stored(values));
    }

    private ByteBuffer stored(float[] values) {
        return switch (rounding) {
            case F32 -> GgufWriter.little(values);
            case Q8_0 -> blocks(values, 127, -127, 34);
            case Q4_0 -> blocks(values, 8, -8, 18);
            default -> throw new IllegalArgumentException("no such tiny model: " + rounding);
        };
    }

    /** Blocks of 32 numbers with a scale of half precision and bytes, or halves of bytes; or what they stand for. */
    private ByteBuffer blocks(float[] values, int steps, int least, int bytes) {
        float[] exact = new float[values.length];
        ByteBuffer out = ByteBuffer.allocate(values.length / 32 * bytes).order(ByteOrder.LITTLE_ENDIAN);
        for (int start = 0; start < values.length; start += 32) {
            List<Float> block = new ArrayList<>();
            for (int i = 0; i < 32; i++) {
                block.add(Math.abs(values[start + i]));
            }
            short half = Float.floatToFloat16(Collections.max(block) / steps);
            float scale = Float.float16ToFloat(half);
            out.putShort(half);
            int[] whole = new int[32];
            for (int i = 0; i < 32; i++) {
                whole[i] = Math.clamp(Math.round(values[start + i] / scale), least, steps == 8 ? 7 : 127);
                exact[start + i] = whole[i] * scale;
            }
            for (int i = 0; i < (steps == 8 ? 16 : 32); i++) {
                out.put((byte) (steps == 8 ? whole[i] + 8 | (whole[i + 16] + 8) << 4 : whole[i]));
            }
        }
        return type == TensorType.F32 ? GgufWriter.little(exact) : out.flip();
    }
}
