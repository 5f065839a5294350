package dev.quipu.training.internal;

import dev.quipu.training.LoraOptions;
import dev.quipu.training.internal.ggml.Backend;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** A model with an adapter on one thread, and the graphs that a test asks for. */
final class TinyBench implements AutoCloseable {
    static final int LENGTH = 16;

    private final Backend host = Backend.cpu(1);
    final Backend backend;
    final BaseModel model;
    final Adapter adapter;
    private final WorkingWeights weights;
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();

    TinyBench(Path file, LoraOptions options) {
        this(file, options, false);
    }

    /** @param gpu whether it computes on a GPU, which has to be there */
    TinyBench(Path file, LoraOptions options, boolean gpu) {
        backend = gpu ? Backend.gpu().orElseThrow() : host;
        model = BaseModel.open(file, host, backend);
        adapter = new Adapter(model, options, backend, 3);
        weights = new WorkingWeights(model, true, host, backend);
    }

    LossGraph graph(LossGraph.Use use, int sequences, int chunk, float smoothing, Optional<Dropout> dropout) {
        Inputs inputs = new Inputs(model.geometry(), LENGTH, sequences, chunk, backend);
        opened.push(inputs);
        Linear linear = new Linear(model, weights, Optional.of(adapter), dropout);
        LossGraph graph = new LossGraph(model, linear, inputs, smoothing, use, backend);
        opened.push(graph);
        return graph;
    }

    LossGraph graph(LossGraph.Use use) {
        return graph(use, 2, 12, 0, Optional.empty());
    }

    /** Gives both matrices of each pair numbers, so that every gradient is there. */
    TinyBench randomize() {
        SplittableRandom random = new SplittableRandom(5);
        for (Parameter parameter : adapter.parameters()) {
            float[] values = parameter.weight().floats();
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) random.nextGaussian(0, parameter.fast() ? 0.05 : 0.125);
            }
            parameter.weight().write(values);
        }
        return this;
    }

    /** Two documents in a sequence, a third of the labels without weight. */
    Batch batch(int sequences, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int all = LENGTH * sequences;
        int[][] whole = new int[4][all];
        float[] weights = new float[all];
        int counted = 0;
        for (int i = 0; i < all; i++) {
            int at = i % LENGTH;
            whole[0][i] = random.nextInt(model.geometry().vocabulary());
            whole[1][i] = at < 10 ? at : at - 10;
            whole[2][i] = at < 10 ? 0 : 1;
            whole[3][i] = random.nextInt(model.geometry().vocabulary());
            weights[i] = i % 3 == 0 ? 0 : 1;
            counted += i % 3 == 0 ? 0 : 1;
        }
        for (int i = 0; i < all; i++) {
            weights[i] /= counted;
        }
        return new Batch(whole[0], whole[1], whole[2], whole[3], weights);
    }

    List<float[]> gradients() {
        return adapter.parameters().stream().map(Parameter::slopes).toList();
    }

    @Override
    public void close() throws Exception {
        while (!opened.isEmpty()) {
            opened.pop().close();
        }
        weights.close();
        adapter.close();
        model.close();
        if (!backend.host()) {
            backend.close();
        }
        host.close();
    }
}
