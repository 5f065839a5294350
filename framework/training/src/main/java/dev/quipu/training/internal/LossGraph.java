package dev.quipu.training.internal;

import dev.quipu.training.internal.ggml.Backend;
import dev.quipu.training.internal.ggml.Graph;
import dev.quipu.training.internal.ggml.NativeResource;
import dev.quipu.training.internal.ggml.Tensor;
import java.util.Optional;

/**
 * The graph of a batch: its loss and, if wanted, what that says to the adapter. Built once for a length and a number of
 * sequences; gradients are added to what the parameters hold.
 *
 * <p>With recomputation a layer's results are dropped on the way forwards but for its input, and computed again from that
 * when the gradient comes by. The graph's order of nodes says when memory can be used again.
 */
final class LossGraph implements NativeResource {
    /** What becomes of the loss. */
    enum Use {
        FORWARD,
        SCORES,
        BACKWARD,
        RECOMPUTE;

        boolean back() {
            return this == BACKWARD || this == RECOMPUTE;
        }
    }

    /** More than a layer's operations, views and rules of gradients come to. */
    private static final int NODES_PER_LAYER = 512;

    private final Graph graph;
    private final Inputs inputs;
    private final LossHead head;

    LossGraph(BaseModel model, Linear linear, Inputs inputs, float smoothing, Use use, Backend backend) {
        this.inputs = inputs;
        Geometry g = model.geometry();
        int chunks = inputs.tokenCount() / inputs.chunk() + 1;
        graph = new Graph(backend, (g.layers() + 2) * NODES_PER_LAYER + 64 * chunks);
        head = new LossHead(model, linear, inputs, smoothing, backend);
        new Writer(new Layers(model, linear, inputs), g.layers(), use).write();
        graph.allocate();
    }

    private final class Writer {
        private final Layers layers;
        private final int count;
        private final Use use;

        Writer(Layers layers, int count, Use use) {
            this.layers = layers;
            this.count = count;
            this.use = use;
        }

        void write() {
            boolean whole = use == Use.BACKWARD;
            Tape tape = new Tape(graph, whole);
            Tensor[] x = new Tensor[count + 1];
            x[0] = layers.embed(tape.ops(), inputs.tokens());
            graph.add(x[0]);
            for (int i = 0; i < count; i++) {
                x[i + 1] = layers.layer(tape, i, x[i]);
                graph.add(x[i + 1]);
            }
            Tape last = whole ? tape : new Tape(graph, use.back());
            Tensor hidden = layers.last(last, x[count]);
            graph.add(hidden);
            Optional<Tensor> gradient = head.write(graph, hidden, use.back(), use == Use.SCORES);
            if (use.back()) {
                last.addGradient(hidden, gradient.orElseThrow());
                last.back();
                if (!whole) {
                    recompute(x, last.gradient(x[count]).orElseThrow());
                }
            }
        }

        private void recompute(Tensor[] x, Tensor fromAbove) {
            Tensor gradient = fromAbove;
            graph.add(gradient);
            for (int i = count - 1; i >= 0; i--) {
                Tape tape = new Tape(graph, true);
                Tensor again = layers.layer(tape, i, x[i]);
                graph.add(again);
                tape.addGradient(again, gradient);
                tape.back();
                if (i > 0) {
                    gradient = tape.gradient(x[i]).orElseThrow();
                    graph.add(gradient);
                }
            }
        }
    }

    /** Computes a batch and returns its loss. */
    double compute(Batch batch) {
        inputs.write(batch);
        graph.compute();
        return head.loss(batch);
    }

    /** The logarithm of each label's probability in the batch that was computed. */
    double[] logProbabilities() {
        return head.logProbabilities();
    }

    /** The scores of the batch that was computed, where they were kept. */
    float[] scores() {
        return head.scores();
    }

    /** Bytes of the intermediate results. */
    long bytes() {
        return graph.bytes();
    }

    int nodes() {
        return graph.nodes();
    }

    @Override
    public void close() {
        graph.close();
        head.close();
    }
}
