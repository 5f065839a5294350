package dev.quipu.training.internal;

import dev.quipu.training.Example;
import dev.quipu.training.Examples;
import dev.quipu.training.TrainingOptions;
import java.util.List;

/** Learning to say what examples say. */
public final class ImitationLessons implements Lessons {
    private final Workbench bench;
    private final TrainingOptions options;
    private final List<Example> usable;
    private final Packer packer;
    private final StepPlan plan;
    private final LossGraph graph;
    private int tokens;

    /** @throws dev.quipu.training.TrainingException if there is nothing to learn from */
    public ImitationLessons(Workbench bench, Examples examples) {
        this.bench = bench;
        options = bench.options();
        usable = new UsableExamples(options.length(), bench.geometry().vocabulary()).of(examples);
        packer = new Packer(usable, options, options.packing());
        plan = new StepPlan(packer, options);
        graph = bench.learning(options.batch());
    }

    @Override
    public int steps() {
        return plan.steps();
    }

    @Override
    public List<Example> examples() {
        return usable;
    }

    @Override
    public String kind() {
        return "imitation";
    }

    @Override
    public double learn(int step) {
        List<int[]> sequences = plan.sequences(step);
        float weight = 1f / Math.max(1, packer.trained(sequences));
        double loss = 0;
        tokens = 0;
        long number = (long) step * options.accumulate();
        for (int at = 0; at < sequences.size(); at += options.batch()) {
            List<int[]> some = sequences.subList(at, Math.min(sequences.size(), at + options.batch()));
            Batch batch = packer.batch(some, options.batch(), weight);
            bench.draw(number++);
            loss += graph.compute(batch);
            tokens += batch.tokenCount();
        }
        return loss;
    }

    @Override
    public int tokens() {
        return tokens;
    }
}
