package dev.quipu.training.internal;

import dev.quipu.training.OptimizerOptions;
import dev.quipu.training.internal.ggml.Backend;
import dev.quipu.training.internal.ggml.Graph;
import dev.quipu.training.internal.ggml.NativeResource;
import dev.quipu.training.internal.ggml.Ops;
import dev.quipu.training.internal.ggml.Tensor;
import dev.quipu.training.internal.ggml.TensorPool;
import dev.quipu.training.internal.ggml.Types;

/** AdamW over an adapter, in a graph of its own. */
final class Optimizer implements NativeResource {
    private static final int NODES_PER_PARAMETER = 8;

    private final Adapter adapter;
    private final OptimizerOptions options;
    private final TensorPool pool = new TensorPool(3);
    private final Tensor slow;
    private final Tensor fast;
    private final Tensor share;
    private final Graph graph;

    Optimizer(Adapter adapter, OptimizerOptions options, Backend backend) {
        this.adapter = adapter;
        this.options = options;
        slow = pool.tensor(Types.F32, 7);
        fast = pool.tensor(Types.F32, 7);
        share = pool.tensor(Types.F32, 1);
        pool.allocate(backend);
        graph = new Graph(backend, adapter.parameters().size() * NODES_PER_PARAMETER + 16);
        Ops ops = graph.ops();
        for (Parameter p : adapter.parameters()) {
            Tensor gradient = ops.mul(p.gradient(), share);
            graph.add(ops.adamW(p.weight(), gradient, p.first(), p.second(), p.fast() ? fast : slow));
        }
        graph.allocate();
    }

    /**
     * Takes a step.
     *
     * @param number of the step, from 0
     * @param steps of the whole training
     * @return the gradient's norm before it was clipped; when it is no number, nothing was changed
     */
    double step(int number, int steps) {
        double norm = adapter.gradientNorm();
        if (!Double.isFinite(norm)) {
            return norm;
        }
        boolean clipped = options.clip() > 0 && norm > options.clip();
        share.write(new float[] {(clipped ? (float) (options.clip() / norm) : 1) / Parameter.MAGNIFIED});
        float rate = rate(number, steps);
        slow.write(settings(rate, number + 1));
        fast.write(settings(rate * adapter.options().plusRatio(), number + 1));
        graph.compute();
        return norm;
    }

    float rate(int number, int steps) {
        return (float) (options.rate() * options.schedule().share(number, options.warmup(), steps));
    }

    private float[] settings(float rate, int taken) {
        return new float[] {
            rate,
            options.beta1(),
            options.beta2(),
            options.epsilon(),
            options.weightDecay(),
            (float) (1 / (1 - Math.pow(options.beta1(), taken))),
            (float) (1 / (1 - Math.pow(options.beta2(), taken)))
        };
    }

    @Override
    public void close() {
        graph.close();
        pool.close();
    }
}
