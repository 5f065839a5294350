package dev.quipu.training.internal;

import dev.quipu.llama.gguf.GgufFile;
import dev.quipu.llama.gguf.GgufTensor;
import dev.quipu.training.Projection;
import dev.quipu.training.TrainingError;
import dev.quipu.training.TrainingException;

/** Whether a model's weights have the dimensions that its layers are written for: ggml would end the process otherwise. */
final class WeightCheck {
    private final GgufFile file;
    private final Geometry g;

    WeightCheck(GgufFile file, Geometry geometry) {
        this.file = file;
        this.g = geometry;
    }

    void run() {
        require("token_embd.weight", g.width(), g.vocabulary());
        optional("output.weight", g.width(), g.vocabulary());
        require("output_norm.weight", g.width());
        optional("rope_freqs.weight", g.ropeDimensions() / 2);
        if (g.ropeDimensions() % 2 != 0 || g.ropeDimensions() > g.head() || g.heads() % g.keyHeads() != 0) {
            throw refused("its heads do not divide");
        }
        for (int layer = 0; layer < g.layers(); layer++) {
            layer(layer);
        }
    }

    private void layer(int layer) {
        String block = "blk." + layer + ".";
        require(block + "attn_norm.weight", g.width());
        require(block + "ffn_norm.weight", g.width());
        for (Projection projection : Projection.values()) {
            int in = inputs(g, projection);
            int out = outputs(g, projection);
            String name = projection.weight(layer);
            require(name, in, out);
            optional(name.replace(".weight", ".bias"), out);
        }
        optional(block + "attn_q_norm.weight", g.head());
        optional(block + "attn_k_norm.weight", g.head());
        if (g.family().gemma()) {
            require(block + "post_attention_norm.weight", g.width());
            require(block + "post_ffw_norm.weight", g.width());
        }
    }

    static int inputs(Geometry g, Projection projection) {
        return switch (projection) {
            case Q, K, V, GATE, UP -> g.width();
            case O -> g.queryWidth();
            case DOWN -> g.inner();
        };
    }

    static int outputs(Geometry g, Projection projection) {
        return switch (projection) {
            case Q -> g.queryWidth();
            case K, V -> g.keyWidth();
            case O, DOWN -> g.width();
            case GATE, UP -> g.inner();
        };
    }

    private void require(String name, long... dimensions) {
        GgufTensor tensor = file.tensor(name).orElseThrow(() -> refused("it has no " + name));
        Geometry.require(tensor, dimensions);
    }

    private void optional(String name, long... dimensions) {
        file.tensor(name).ifPresent(tensor -> Geometry.require(tensor, dimensions));
    }

    private static TrainingException refused(String why) {
        return new TrainingException(TrainingError.MODEL, "The model cannot be trained here: " + why + ".");
    }
}
