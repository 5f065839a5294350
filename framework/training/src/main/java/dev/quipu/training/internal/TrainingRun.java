package dev.quipu.training.internal;

import dev.quipu.llama.gguf.GgufFile;
import dev.quipu.training.TrainingError;
import dev.quipu.training.TrainingException;
import dev.quipu.training.TrainingListener;
import dev.quipu.training.TrainingOptions;
import dev.quipu.training.TrainingProgress;
import dev.quipu.training.TrainingResult;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/** A training from its first step, or from a checkpoint, to the adapter. */
public final class TrainingRun implements AutoCloseable {
    private final TrainingOptions options;
    private final TrainingListener listener;
    private final Workbench bench;
    private final Lessons lessons;
    private final Optimizer optimizer;
    private final Fingerprint fingerprint;
    private final Checkpoint checkpoint;
    private final List<Float> losses = new ArrayList<>();

    /** @throws TrainingException if there is nothing to train on, or the model cannot be trained */
    public TrainingRun(TrainingOptions options, Function<Workbench, Lessons> lessons, TrainingListener listener) {
        this.options = options;
        this.listener = listener;
        AdapterFile.requirePlace(options.output());
        Equipment equipment = Equipment.of(options, lessons);
        bench = equipment.bench();
        this.lessons = equipment.lessons();
        optimizer = equipment.optimizer();
        fingerprint = Fingerprint.of(options, GgufFile.read(options.model()), this.lessons);
        checkpoint = new Checkpoint(options.checkpoint(), fingerprint);
    }

    /** Trains until the end, or until the supplier says to stop. */
    public TrainingResult run(BooleanSupplier stop) {
        if (options.resume() && checkpoint.exists()) {
            losses.addAll(checkpoint.read(bench.adapter()));
        } else if (options.resume() && AdapterFile.isOf(options.output(), fingerprint)) {
            return result(lessons.steps(), false);
        }
        Pace pace = new Pace(InstantSource.system());
        for (int step = losses.size(); step < lessons.steps(); step++) {
            step(step, pace);
            boolean stopped = stop.getAsBoolean() && step + 1 < lessons.steps();
            if (stopped || (options.checkpointSteps() > 0 && (step + 1) % options.checkpointSteps() == 0)) {
                checkpoint.write(bench.adapter(), losses);
                listener.checkpoint(step + 1);
            }
            if (stopped) {
                return result(step + 1, true);
            }
        }
        AdapterFile.write(options.output(), bench.adapter(), bench.geometry(), fingerprint);
        checkpoint.delete();
        return result(lessons.steps(), false);
    }

    private TrainingResult result(int step, boolean stopped) {
        return new TrainingResult(options.output(), step, lessons.steps(), losses, stopped, bench.memory());
    }

    private void step(int step, Pace pace) {
        bench.adapter().clearGradients();
        double loss = lessons.learn(step);
        double norm = Double.isFinite(loss) ? optimizer.step(step, lessons.steps()) : Double.NaN;
        if (!Double.isFinite(norm)) {
            throw new TrainingException(
                    TrainingError.DIVERGED,
                    "In step " + (step + 1) + " the loss is " + loss + " and the gradient " + norm
                            + ". Resume the last checkpoint with a lower rate, or begin anew with one.");
        }
        losses.add((float) loss);
        pace.step(lessons.tokens());
        listener.step(new TrainingProgress(
                step + 1,
                lessons.steps(),
                loss,
                optimizer.rate(step, lessons.steps()),
                norm,
                pace.tokensPerSecond(),
                pace.left((double) lessons.tokens() * (lessons.steps() - step - 1)),
                bench.memory()));
    }

    @Override
    public void close() {
        bench.close();
    }
}
