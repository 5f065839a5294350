package dev.quipu.training.internal;

import dev.quipu.training.Projection;
import dev.quipu.training.internal.ggml.Ops;
import dev.quipu.training.internal.ggml.Tensor;
import java.util.Optional;

/** Multiplies by frozen weights, and by the adapter where one is. */
final class Linear {
    private final BaseModel model;
    private final WorkingWeights weights;
    private final Optional<Adapter> adapter;
    private final Optional<Dropout> dropout;

    /** @param adapter empty for the model as it is */
    Linear(BaseModel model, WorkingWeights weights, Optional<Adapter> adapter, Optional<Dropout> dropout) {
        this.model = model;
        this.weights = weights;
        this.adapter = adapter;
        this.dropout = dropout;
    }

    /** {@code W x + scale B A x + bias}. */
    Tensor project(Tape tape, int layer, Projection projection, Tensor x) {
        Ops ops = tape.ops();
        String name = projection.weight(layer);
        Tensor frozen = forward(ops, name, x);
        tape.note(frozen, gradient -> tape.addGradient(x, back(ops, name, gradient)));
        Tensor sum = adapter.flatMap(all -> all.pair(name))
                .map(pair -> tape.add(frozen, lowRank(tape, layer, projection, pair, x)))
                .orElse(frozen);
        return model.find(name.replace(".weight", ".bias"))
                .map(bias -> tape.note(ops.add(sum, bias), gradient -> tape.addGradient(sum, gradient)))
                .orElse(sum);
    }

    /** The matrices that change the output, where the adapter has them. */
    Optional<LowRank> output() {
        return adapter.flatMap(all -> all.pair(Adapter.OUTPUT));
    }

    /** What the product of a pair counts. */
    float scale() {
        return adapter.map(all -> all.options().scale()).orElse(0f);
    }

    /** Inputs times a weight. */
    Tensor forward(Ops ops, String weight, Tensor x) {
        return ops.mulMat(weights.forward(weight), x);
    }

    /** The gradient of a weight's input. */
    Tensor back(Ops ops, String weight, Tensor gradient) {
        return ops.mulMat(weights.backward(weight), gradient);
    }

    private Tensor lowRank(Tape tape, int layer, Projection projection, LowRank pair, Tensor x) {
        Ops ops = tape.ops();
        float scale = adapter.orElseThrow().options().scale();
        Optional<Tensor> mask = dropout.map(d -> d.mask(ops, layer, projection));
        Tensor seen = mask.map(m -> ops.mul(x, m)).orElse(x);
        // The strength is put on the narrow side, which is a fraction of the other.
        Tensor inner = ops.scale(ops.mulMat(pair.a().weight(), seen), scale);
        return tape.note(ops.mulMat(pair.b().weight(), inner), gradient -> {
            Tensor narrow = ops.scale(ops.mulMat(ops.transposed(pair.b().weight()), gradient), scale);
            // Long rows first: the outer product walks along its first factor's.
            tape.learn(pair.b(), ops.transposed(ops.outProd(gradient, inner)));
            tape.learn(pair.a(), ops.outProd(seen, narrow));
            Tensor back = ops.mulMat(ops.transposed(pair.a().weight()), narrow);
            tape.addGradient(x, mask.map(m -> ops.mul(back, m)).orElse(back));
        });
    }
}
