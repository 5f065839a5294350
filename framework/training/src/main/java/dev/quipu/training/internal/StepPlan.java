package dev.quipu.training.internal;

import dev.quipu.training.TrainingOptions;
import java.util.ArrayList;
import java.util.List;

/** Which sequences each step learns from, through all epochs. */
final class StepPlan {
    private final Packer packer;
    private final int batch;
    private final int accumulate;
    private final int steps;
    private final List<Integer> firstSteps = new ArrayList<>();
    private int epoch = -1;
    private List<int[]> sequences = List.of();

    StepPlan(Packer packer, TrainingOptions options) {
        this.packer = packer;
        this.batch = options.batch();
        this.accumulate = options.accumulate();
        int most = options.steps().orElse(Integer.MAX_VALUE);
        long first = 0;
        for (int e = 0; first < most && (e < options.epochs() || options.steps().isPresent()); e++) {
            firstSteps.add((int) first);
            first += Math.ceilDiv(packer.sequences(e).size(), batch * accumulate);
        }
        steps = (int) Math.min(first, most);
    }

    int steps() {
        return steps;
    }

    /** The batches of a step, whose weights sum to 1. */
    List<Batch> batches(int step) {
        int of = firstSteps.size() - 1;
        while (firstSteps.get(of) > step) {
            of--;
        }
        if (of != epoch) {
            epoch = of;
            sequences = packer.sequences(of);
        }
        int perStep = batch * accumulate;
        int from = (step - firstSteps.get(of)) * perStep;
        List<int[]> mine = sequences.subList(from, Math.min(sequences.size(), from + perStep));
        float weight = 1f / Math.max(1, packer.trained(mine));
        List<Batch> batches = new ArrayList<>();
        for (int at = 0; at < mine.size(); at += batch) {
            batches.add(packer.batch(mine.subList(at, Math.min(mine.size(), at + batch)), batch, weight));
        }
        return batches;
    }
}
