package dev.quipu.training.internal;

import dev.quipu.training.internal.ggml.Graph;
import dev.quipu.training.internal.ggml.Ops;
import dev.quipu.training.internal.ggml.Tensor;

/**
 * The part of the scores that an adapter of the output adds, {@code scale B A h}, and its gradients.
 *
 * <p>The gradient of the scores is the softmax less the target, which is one at the label (with label smoothing a little less
 * there and a little everywhere). The even part is taken off the softmax; the one at the label is a row of B on the way back
 * to A, and what is added to a row on the way to B, so no dense labels are needed.
 *
 * @param smoothing share of the target that is spread over the vocabulary
 */
record OutputPair(LowRank pair, float scale, float smoothing) {
    /** What the scores are raised by. */
    Tensor raise(Ops ops, Tensor hidden) {
        return ops.mulMat(pair.b().weight(), inner(ops, hidden));
    }

    private Tensor inner(Ops ops, Tensor hidden) {
        return ops.scale(ops.mulMat(pair.a().weight(), hidden), scale);
    }

    /**
     * Adds to the gradients of both matrices.
     *
     * @param labels of the tokens
     * @param weights how much each token counts
     * @return what the gradient of {@code hidden} has of it
     */
    Tensor back(Graph graph, Tensor hidden, Tensor softMax, Tensor labels, Tensor weights) {
        Ops ops = graph.ops();
        Tensor b = pair.b().weight();
        Tensor even = smoothing > 0 ? ops.scale(softMax, 1, -smoothing / softMax.dimension(0)) : softMax;
        Tensor scores = ops.mul(even, weights);
        Tensor told = ops.mul(ops.scale(inner(ops, hidden), 1 - smoothing), weights);
        Tensor spread = ops.transposed(ops.outProd(scores, inner(ops, hidden)));
        graph.add(ops.addInPlace(pair.b().gradient(), ops.sub(spread, ops.rowsBack(told, labels, b))));
        Tensor pull = ops.mul(ops.scale(ops.getRows(b, labels), 1 - smoothing), weights);
        Tensor narrow = ops.scale(ops.sub(ops.mulMat(ops.transposed(b), scores), pull), scale);
        graph.add(ops.addInPlace(pair.a().gradient(), ops.outProd(hidden, narrow)));
        return ops.mulMat(ops.transposed(pair.a().weight()), narrow);
    }
}
