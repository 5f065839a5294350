package dev.quipu.llama.ffm.internal;

import dev.quipu.llama.gguf.GgufFile;
import dev.quipu.llama.gguf.GgufTensor;
import dev.quipu.llama.gguf.GgufValue;
import java.util.ArrayList;
import java.util.List;

/**
 * What a model's parts take, as its file tells.
 *
 * @param layers bytes of each layer's weights
 * @param output bytes of what follows the layers; the embedding is counted here too where the output uses its weights
 * @param cache bytes of each layer's keys and values for one token, in half precision
 * @param largest bytes of the largest tensor
 * @param logits numbers that one token's output has
 * @param activations numbers that a layer works on for one token
 */
record ModelMemory(
        List<Long> layers,
        long output,
        List<Long> cache,
        long largest,
        long logits,
        long activations,
        int trainedContext) {
    private static final int HALF = 2;

    ModelMemory {
        layers = List.copyOf(layers);
        cache = List.copyOf(cache);
    }

    static ModelMemory of(GgufFile file) {
        String prefix = file.text("general.architecture").orElse("") + ".";
        int count = (int) file.number(prefix + "block_count").orElse(0);
        long[] layers = new long[count];
        long output = 0;
        long embedding = 0;
        for (GgufTensor tensor : file.tensors()) {
            int layer = layer(tensor.name());
            if (layer >= 0 && layer < count) {
                layers[layer] += tensor.bytes();
            } else if (tensor.name().equals("token_embd.weight")) {
                embedding = tensor.bytes();
            } else {
                output += tensor.bytes();
            }
        }
        if (file.tensor("output.weight").isEmpty()) {
            output += embedding;
        }
        long width = file.number(prefix + "embedding_length").orElse(0);
        return new ModelMemory(
                java.util.Arrays.stream(layers).boxed().toList(),
                output,
                cache(file, prefix, count, width),
                file.tensors().stream().mapToLong(GgufTensor::bytes).max().orElse(0),
                file.array("tokenizer.ggml.tokens").map(GgufValue.Array::count).orElse(0L),
                4 * width + 3 * first(file, prefix + "feed_forward_length", 4 * width),
                (int) Math.min(
                        Integer.MAX_VALUE,
                        file.number(prefix + "context_length").orElse(0)));
    }

    /** The layer of a tensor by its name, {@code blk.7.attn_q.weight}; -1 for one that belongs to none. */
    private static int layer(String name) {
        String[] parts = name.split("\\.");
        return parts.length > 2 && parts[0].equals("blk") && parts[1].matches("\\d{1,6}")
                ? Integer.parseInt(parts[1])
                : -1;
    }

    private static List<Long> cache(GgufFile file, String prefix, int layers, long width) {
        long heads = Math.max(1, first(file, prefix + "attention.head_count", 1));
        long key = file.number(prefix + "attention.key_length").orElse(width / heads);
        long value = file.number(prefix + "attention.value_length").orElse(width / heads);
        List<Long> cache = new ArrayList<>();
        for (int layer = 0; layer < layers; layer++) {
            long keyHeads = at(file, prefix + "attention.head_count_kv", layer, heads);
            cache.add(keyHeads * (key + value) * HALF);
        }
        return cache;
    }

    private static long first(GgufFile file, String key, long otherwise) {
        return at(file, key, 0, otherwise);
    }

    /** A number that a file gives once for all layers or one by one. */
    private static long at(GgufFile file, String key, int layer, long otherwise) {
        return file.array(key)
                .filter(array -> layer < array.values().size())
                .map(array -> array.values().get(layer) instanceof GgufValue.Whole whole ? whole.number() : otherwise)
                .orElseGet(() -> file.number(key).orElse(otherwise));
    }
}
