package dev.quipu.server.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The measures of a model of the Llama family, by which its speed is settled; what its weights say is of no account to it.
 *
 * @param inner width of the feed-forward layers
 * @param tied whether the output uses the embedding's weights
 */
record Geometry(int layers, int width, int heads, int keyHeads, int inner, int tokens, int context, boolean tied) {
    /** By the names of models that have these measures. */
    static final Map<String, Geometry> NAMED = Map.of(
            "tiny", new Geometry(2, 256, 4, 2, 512, 1024, 131_072, true),
            "135m", new Geometry(30, 576, 9, 3, 1536, 49_152, 131_072, true),
            "1b", new Geometry(16, 2048, 32, 8, 8192, 128_256, 131_072, true),
            "8b", new Geometry(32, 4096, 32, 8, 14_336, 128_256, 131_072, false));

    int head() {
        return width / heads;
    }

    /** The matrices and norms by name, each with its dimensions. */
    Map<String, List<Long>> tensors() {
        Map<String, List<Long>> tensors = new LinkedHashMap<>();
        long keys = (long) keyHeads * head();
        tensors.put("token_embd.weight", List.of((long) width, (long) tokens));
        tensors.put("output_norm.weight", List.of((long) width));
        if (!tied) {
            tensors.put("output.weight", List.of((long) width, (long) tokens));
        }
        for (int layer = 0; layer < layers; layer++) {
            String block = "blk." + layer + ".";
            tensors.put(block + "attn_norm.weight", List.of((long) width));
            tensors.put(block + "attn_q.weight", List.of((long) width, (long) width));
            tensors.put(block + "attn_k.weight", List.of((long) width, keys));
            tensors.put(block + "attn_v.weight", List.of((long) width, keys));
            tensors.put(block + "attn_output.weight", List.of((long) width, (long) width));
            tensors.put(block + "ffn_norm.weight", List.of((long) width));
            tensors.put(block + "ffn_gate.weight", List.of((long) width, (long) inner));
            tensors.put(block + "ffn_up.weight", List.of((long) width, (long) inner));
            tensors.put(block + "ffn_down.weight", List.of((long) inner, (long) width));
        }
        return tensors;
    }
}
