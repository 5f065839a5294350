package dev.quipu.training.internal;

import dev.quipu.training.TrainingError;
import dev.quipu.training.TrainingException;
import dev.quipu.training.TrainingOptions;
import dev.quipu.training.internal.LossGraph.Use;
import dev.quipu.training.internal.ggml.Backend;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A model with what learns beside it, and the graphs that lessons ask for. */
public final class Workbench implements AutoCloseable {
    private final TrainingOptions options;
    private final Resources resources = new Resources();
    private final Backend backend;
    private final BaseModel model;
    private final Adapter adapter;
    private final WorkingWeights weights;
    private final List<LossGraph> graphs = new ArrayList<>();
    private Optional<Dropout> dropout = Optional.empty();

    /** @param gpu whether it computes on a GPU */
    Workbench(TrainingOptions options, boolean gpu) {
        this.options = options;
        try {
            Backend host = resources.add(Backend.cpu(options.threads()));
            backend = gpu ? resources.add(Workbench.gpu()) : host;
            model = resources.add(BaseModel.open(options.model(), host, backend));
            adapter = resources.add(new Adapter(model, options.lora(), backend, options.seed()));
            weights = resources.add(new WorkingWeights(model, !options.compact(), host, backend));
        } catch (RuntimeException e) {
            resources.close();
            throw e;
        }
    }

    private static Backend gpu() {
        return Backend.gpu()
                .orElseThrow(() -> new TrainingException(
                        TrainingError.DEVICE,
                        "There is no GPU, or no library for one on the class path. Train on the CPU (--device cpu)."));
    }

    /** Whether a library for a GPU is here and finds one. */
    static boolean gpuThere() {
        return Backend.gpu()
                .map(found -> {
                    found.close();
                    return true;
                })
                .orElse(false);
    }

    /** What computes, in its own words. */
    String device() {
        return backend.description();
    }

    /** A graph that learns, with the dropout that was asked for. */
    LossGraph learning(int sequences) {
        return graph(sequences, options.recompute() ? Use.RECOMPUTE : Use.BACKWARD, true);
    }

    /** @param adapted whether the adapter takes part */
    LossGraph graph(int sequences, Use use, boolean adapted) {
        Geometry g = model.geometry();
        int chunk = Math.min(options.lossChunk(), Integer.MAX_VALUE / g.vocabulary());
        Inputs inputs = resources.add(new Inputs(g, options.length(), sequences, chunk, backend));
        Linear linear = new Linear(
                model,
                weights,
                adapted ? Optional.of(adapter) : Optional.empty(),
                adapted ? dropout(sequences) : Optional.empty());
        LossGraph graph = resources.add(new LossGraph(model, linear, inputs, options.labelSmoothing(), use, backend));
        graphs.add(graph);
        return graph;
    }

    private Optional<Dropout> dropout(int sequences) {
        float share = options.lora().dropout();
        if (share > 0 && dropout.isEmpty()) {
            int tokens = options.length() * sequences;
            dropout = Optional.of(resources.add(new Dropout(model.geometry(), share, tokens, options.seed(), backend)));
        }
        return dropout;
    }

    /** Draws what the adapter does not see in a batch. */
    void draw(long number) {
        dropout.ifPresent(d -> d.draw(number));
    }

    Optimizer optimizer() {
        return resources.add(new Optimizer(adapter, options.optimizer(), backend));
    }

    TrainingOptions options() {
        return options;
    }

    Geometry geometry() {
        return model.geometry();
    }

    Adapter adapter() {
        return adapter;
    }

    /** Bytes of everything beside the model's own weights. */
    long memory() {
        return adapter.bytes()
                + weights.bytes()
                + graphs.stream().mapToLong(LossGraph::bytes).sum();
    }

    @Override
    public void close() {
        resources.close();
    }
}
