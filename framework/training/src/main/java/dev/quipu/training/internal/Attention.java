package dev.quipu.training.internal;

import dev.quipu.training.internal.ggml.Ops;
import dev.quipu.training.internal.ggml.Rope;
import dev.quipu.training.internal.ggml.Tensor;
import java.util.Optional;

/**
 * Attention inside of each sequence of a batch: (head, length, heads, sequences), keys and values shared by groups of query
 * heads.
 */
final class Attention {
    private final BaseModel model;
    private final Geometry g;
    private final Inputs inputs;

    Attention(BaseModel model, Inputs inputs) {
        this.model = model;
        this.g = model.geometry();
        this.inputs = inputs;
    }

    /** Queries, keys and values of all tokens to what each token takes from those that it sees. */
    Tensor apply(Tape tape, int layer, Tensor q, Tensor k, Tensor v) {
        String block = "blk." + layer + ".";
        Tensor queries = bySequence(tape, turned(tape, layer, q, g.heads(), block + "attn_q_norm.weight"), g.heads());
        Tensor keys =
                bySequence(tape, turned(tape, layer, k, g.keyHeads(), block + "attn_k_norm.weight"), g.keyHeads());
        Tensor values = bySequence(tape, byHead(tape, v, g.keyHeads()), g.keyHeads());
        return byToken(tape, mixed(tape, layer, queries, keys, values));
    }

    private Tensor byHead(Tape tape, Tensor x, int heads) {
        Ops ops = tape.ops();
        return tape.note(
                ops.reshape(x, g.head(), heads, inputs.tokenCount()),
                gradient -> tape.addGradient(x, ops.reshape(gradient, (long) g.head() * heads, inputs.tokenCount())));
    }

    private Tensor turned(Tape tape, int layer, Tensor x, int heads, String norm) {
        Ops ops = tape.ops();
        Tensor split = byHead(tape, x, heads);
        Tensor normed =
                model.find(norm).map(w -> tape.norm(split, w, g.epsilon())).orElse(split);
        Rope rope = rope(layer);
        return tape.note(
                ops.rope(normed, inputs.positions(), rope),
                gradient -> tape.addGradient(normed, ops.ropeBack(gradient, inputs.positions(), rope)));
    }

    private Rope rope(int layer) {
        boolean local = g.local(layer);
        return new Rope(
                g.ropeDimensions(),
                g.family().ropeMode(),
                local ? g.localRopeBase() : g.ropeBase(),
                local ? 1 : g.ropeScale(),
                local ? Optional.empty() : model.find("rope_freqs.weight"));
    }

    /** (head, heads, tokens) to (head, length, heads, sequences). */
    private Tensor bySequence(Tape tape, Tensor x, int heads) {
        Ops ops = tape.ops();
        Tensor split = ops.reshape(x, g.head(), heads, inputs.length(), inputs.sequences());
        return tape.note(
                ops.permuted(split, 0, 2, 1, 3),
                gradient -> tape.addGradient(
                        x, ops.reshape(ops.permuted(gradient, 0, 2, 1, 3), g.head(), heads, inputs.tokenCount())));
    }

    /** The way back to (width, tokens). */
    private Tensor byToken(Tape tape, Tensor x) {
        Ops ops = tape.ops();
        return tape.note(
                ops.reshape(ops.permuted(x, 0, 2, 1, 3), g.queryWidth(), inputs.tokenCount()),
                gradient -> tape.addGradient(
                        x,
                        ops.permuted(
                                ops.reshape(gradient, g.head(), g.heads(), inputs.length(), inputs.sequences()),
                                0,
                                2,
                                1,
                                3)));
    }

    private Tensor mixed(Tape tape, int layer, Tensor q, Tensor k, Tensor v) {
        Ops ops = tape.ops();
        float scale = g.attentionScale();
        Tensor shares = ops.softMax(ops.mulMat(k, q), inputs.mask(g.local(layer)), scale);
        return tape.note(ops.mulMat(ops.transposed(v), shares), gradient -> {
            Tensor scores = ops.softMaxBack(ops.mulMat(v, gradient), shares, scale);
            tape.addGradient(v, grouped(ops, ops.mulMat(ops.transposed(gradient), ops.transposed(shares))));
            tape.addGradient(q, ops.mulMat(ops.transposed(k), scores));
            tape.addGradient(k, grouped(ops, ops.mulMat(ops.transposed(q), ops.transposed(scores))));
        });
    }

    /** Sums the gradients of query heads that share a key head. */
    private Tensor grouped(Ops ops, Tensor gradient) {
        if (g.heads() == g.keyHeads()) {
            return gradient;
        }
        long flat = (long) g.head() * inputs.length();
        int group = g.heads() / g.keyHeads();
        Tensor split = ops.reshape(gradient, flat, group, g.keyHeads(), inputs.sequences());
        Tensor sum = ops.repeatBack(split, flat, 1, g.keyHeads(), inputs.sequences());
        return ops.reshape(sum, g.head(), inputs.length(), g.keyHeads(), inputs.sequences());
    }
}
