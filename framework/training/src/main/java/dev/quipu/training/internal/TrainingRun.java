package dev.quipu.training.internal;

import dev.quipu.llama.gguf.GgufFile;
import dev.quipu.training.Example;
import dev.quipu.training.Examples;
import dev.quipu.training.TrainingError;
import dev.quipu.training.TrainingException;
import dev.quipu.training.TrainingListener;
import dev.quipu.training.TrainingOptions;
import dev.quipu.training.TrainingProgress;
import dev.quipu.training.TrainingResult;
import dev.quipu.training.internal.ggml.Backend;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** A training from its first step, or from a checkpoint, to the adapter. */
public final class TrainingRun implements AutoCloseable {
    private final TrainingOptions options;
    private final TrainingListener listener;
    private final Resources resources = new Resources();
    private final BaseModel model;
    private final Adapter adapter;
    private final Optional<Dropout> dropout;
    private final LossGraph graph;
    private final Optimizer optimizer;
    private final StepPlan plan;
    private final Fingerprint fingerprint;
    private final Checkpoint checkpoint;
    private final long memory;
    private final List<Float> losses = new ArrayList<>();

    /** @throws TrainingException if there is nothing to train on, or the model cannot be trained */
    public TrainingRun(TrainingOptions options, Examples examples, TrainingListener listener) {
        this.options = options;
        this.listener = listener;
        AdapterFile.requirePlace(options.output());
        try {
            Backend backend = resources.add(Backend.cpu(options.threads()));
            model = resources.add(BaseModel.open(options.model(), backend));
            Geometry g = model.geometry();
            List<Example> usable = new UsableExamples(options.length(), g.vocabulary()).of(examples);
            plan = new StepPlan(new Packer(usable, options), options);
            fingerprint = Fingerprint.of(options, GgufFile.read(options.model()), usable);
            checkpoint = new Checkpoint(options.checkpoint(), fingerprint);
            adapter = resources.add(new Adapter(g, options.lora(), backend, options.seed()));
            int tokens = options.length() * options.batch();
            dropout = options.lora().dropout() > 0
                    ? Optional.of(
                            resources.add(new Dropout(g, options.lora().dropout(), tokens, options.seed(), backend)))
                    : Optional.empty();
            WorkingWeights weights = resources.add(new WorkingWeights(model, !options.compact(), backend));
            Linear linear = new Linear(model, weights, Optional.of(adapter), dropout);
            int chunk = Math.min(options.lossChunk(), Integer.MAX_VALUE / g.vocabulary());
            Inputs inputs = resources.add(new Inputs(g, options.length(), options.batch(), chunk, backend));
            LossGraph.Use use = options.recompute() ? LossGraph.Use.RECOMPUTE : LossGraph.Use.BACKWARD;
            graph = resources.add(new LossGraph(model, linear, inputs, options.labelSmoothing(), use, backend));
            optimizer = resources.add(new Optimizer(adapter, options.optimizer(), backend));
            memory = adapter.bytes() + weights.bytes() + graph.bytes();
        } catch (RuntimeException e) {
            resources.close();
            throw e;
        }
    }

    /** Trains until the end, or until the supplier says to stop. */
    public TrainingResult run(BooleanSupplier stop) {
        if (options.resume() && checkpoint.exists()) {
            losses.addAll(checkpoint.read(adapter));
        } else if (options.resume() && AdapterFile.isOf(options.output(), fingerprint)) {
            return result(plan.steps(), false);
        }
        Pace pace = new Pace(InstantSource.system());
        for (int step = losses.size(); step < plan.steps(); step++) {
            step(step, pace);
            boolean stopped = stop.getAsBoolean() && step + 1 < plan.steps();
            if (stopped || (options.checkpointSteps() > 0 && (step + 1) % options.checkpointSteps() == 0)) {
                checkpoint.write(adapter, losses);
                listener.checkpoint(step + 1);
            }
            if (stopped) {
                return result(step + 1, true);
            }
        }
        AdapterFile.write(options.output(), adapter, model.geometry(), fingerprint);
        checkpoint.delete();
        return result(plan.steps(), false);
    }

    private TrainingResult result(int step, boolean stopped) {
        return new TrainingResult(options.output(), step, plan.steps(), losses, stopped, memory);
    }

    private void step(int step, Pace pace) {
        adapter.clearGradients();
        List<Batch> batches = plan.batches(step);
        double loss = 0;
        int tokens = 0;
        for (int i = 0; i < batches.size(); i++) {
            long number = (long) step * options.accumulate() + i;
            dropout.ifPresent(d -> d.draw(number));
            loss += graph.compute(batches.get(i));
            tokens += batches.get(i).tokenCount();
        }
        double norm = Double.isFinite(loss) ? optimizer.step(step, plan.steps()) : Double.NaN;
        if (!Double.isFinite(norm)) {
            throw new TrainingException(
                    TrainingError.DIVERGED,
                    "In step " + (step + 1) + " the loss is " + loss + " and the gradient " + norm
                            + ". Resume the last checkpoint with a lower rate, or begin anew with one.");
        }
        losses.add((float) loss);
        pace.step(tokens);
        listener.step(new TrainingProgress(
                step + 1,
                plan.steps(),
                loss,
                optimizer.rate(step, plan.steps()),
                norm,
                pace.tokensPerSecond(),
                pace.left((double) tokens * (plan.steps() - step - 1)),
                memory));
    }

    @Override
    public void close() {
        resources.close();
    }
}
