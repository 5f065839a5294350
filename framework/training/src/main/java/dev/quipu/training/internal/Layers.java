package dev.quipu.training.internal;

import dev.quipu.training.Projection;
import dev.quipu.training.internal.ggml.Ops;
import dev.quipu.training.internal.ggml.Tensor;

/** A model's layers, from the embedding to what the scores are made of. */
final class Layers {
    private final BaseModel model;
    private final Geometry g;
    private final Linear linear;
    private final Attention attention;

    Layers(BaseModel model, Linear linear, Inputs inputs) {
        this.model = model;
        this.g = model.geometry();
        this.linear = linear;
        this.attention = new Attention(model, inputs);
    }

    Tensor embed(Ops ops, Tensor tokens) {
        Tensor rows = ops.getRows(model.tensor("token_embd.weight"), tokens);
        return g.family().gemma() ? ops.scale(rows, (float) Math.sqrt(g.width())) : rows;
    }

    Tensor layer(Tape tape, int layer, Tensor x) {
        String block = "blk." + layer + ".";
        Tensor seen = norm(tape, x, block + "attn_norm");
        Tensor mixed = attention.apply(
                tape,
                layer,
                linear.project(tape, layer, Projection.Q, seen),
                linear.project(tape, layer, Projection.K, seen),
                linear.project(tape, layer, Projection.V, seen));
        Tensor taken = linear.project(tape, layer, Projection.O, mixed);
        Tensor between = tape.add(x, g.family().gemma() ? norm(tape, taken, block + "post_attention_norm") : taken);
        Tensor inner = norm(tape, between, block + "ffn_norm");
        Tensor gate = linear.project(tape, layer, Projection.GATE, inner);
        Tensor up = linear.project(tape, layer, Projection.UP, inner);
        Tensor acted = g.family().gemma() ? tape.geglu(gate, up) : tape.swiglu(gate, up);
        Tensor down = linear.project(tape, layer, Projection.DOWN, acted);
        return tape.add(between, g.family().gemma() ? norm(tape, down, block + "post_ffw_norm") : down);
    }

    Tensor last(Tape tape, Tensor x) {
        return norm(tape, x, "output_norm");
    }

    private Tensor norm(Tape tape, Tensor x, String name) {
        return tape.norm(x, model.tensor(name + ".weight"), g.epsilon());
    }
}
