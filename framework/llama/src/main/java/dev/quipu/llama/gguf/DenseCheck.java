package dev.quipu.llama.gguf;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Checks the shape of attention: what the graph of llama.cpp asserts when it splits matrices into heads. */
final class DenseCheck {
    private static final int MAX_HEAD = 1 << 14;
    /** Sizes for layers that see a window only; the graphs of the models known here use one size. */
    private static final List<String> WINDOW_SIZES =
            List.of("attention.key_length_swa", "attention.value_length_swa", "rope.dimension_count_swa");

    private final Map<String, GgufTensor> tensors = new HashMap<>();
    private final Parameters parameters;
    private final Architecture architecture;

    DenseCheck(GgufFile file, Parameters parameters, Architecture architecture) {
        file.tensors().forEach(tensor -> tensors.put(tensor.name(), tensor));
        this.parameters = parameters;
        this.architecture = architecture;
    }

    void run(long width, int layers, long heads, long keyHeads) {
        if (!parameters.has("attention.key_length") && width % heads != 0) {
            throw Parameters.wrong("An embedding of " + width + " does not divide among " + heads + " heads");
        }
        long head = parameters.optional("attention.key_length", 2, MAX_HEAD).orElse(width / heads);
        long value = parameters.optional("attention.value_length", 2, MAX_HEAD).orElse(width / heads);
        long rotated = parameters.optional("rope.dimension_count", 2, MAX_HEAD).orElse(head);
        if (head < 2 || head % 2 != 0 || value != head || rotated != head) {
            throw Parameters.wrong("A head has keys of " + head + ", values of " + value + " and turns " + rotated
                    + " numbers; they have to be the same, and even");
        }
        if (architecture.depth() == Architecture.Depth.DENSE_SQUARE && head * heads != width) {
            throw Parameters.wrong(heads + " heads of " + head + " are not as wide as the embedding of " + width);
        }
        for (String key : WINDOW_SIZES) {
            parameters.optional(key, head, head);
        }
        parameters.optional("embedding_length_out", width, width);
        parameters.optional("nextn_predict_layers", 0, 0);
        for (int layer = 0; layer < layers; layer++) {
            String block = "blk." + layer + ".";
            requireShape(block + "attn_q.weight", width, heads * head);
            requireShape(block + "attn_k.weight", width, keyHeads * head);
            requireShape(block + "attn_v.weight", width, keyHeads * head);
            requireShape(block + "attn_qkv.weight", width, (heads + 2 * keyHeads) * head);
            requireShape(block + "attn_output.weight", heads * head, width);
        }
    }

    /** A missing tensor is for llama.cpp to report, which knows which ones may be missing. */
    private void requireShape(String name, long rowLength, long rows) {
        GgufTensor tensor = tensors.get(name);
        if (tensor != null && !tensor.dimensions().equals(List.of(rowLength, rows))) {
            throw new GgufException(
                    GgufError.TENSORS,
                    "The tensor " + name + " is " + tensor.dimensions() + ", but the hyper-parameters say "
                            + List.of(rowLength, rows) + ".");
        }
    }
}
