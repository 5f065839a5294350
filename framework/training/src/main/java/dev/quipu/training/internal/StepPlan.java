package dev.quipu.training.internal;

import dev.quipu.training.TrainingOptions;
import java.util.ArrayList;
import java.util.List;

/** Which sequences each step learns from, through all epochs. */
final class StepPlan {
    private final Packer packer;
    private final int perStep;
    private final int steps;
    private final List<Integer> firstSteps = new ArrayList<>();
    private int epoch = -1;
    private List<int[]> sequences = List.of();

    StepPlan(Packer packer, TrainingOptions options) {
        this.packer = packer;
        this.perStep = options.batch() * options.accumulate();
        int most = options.steps().orElse(Integer.MAX_VALUE);
        long first = 0;
        for (int e = 0; first < most && (e < options.epochs() || options.steps().isPresent()); e++) {
            firstSteps.add((int) first);
            first += Math.ceilDiv(packer.sequences(e).size(), perStep);
        }
        steps = (int) Math.min(first, most);
    }

    int steps() {
        return steps;
    }

    /** The sequences of a step, by the examples in them. */
    List<int[]> sequences(int step) {
        int of = firstSteps.size() - 1;
        while (firstSteps.get(of) > step) {
            of--;
        }
        if (of != epoch) {
            epoch = of;
            sequences = packer.sequences(of);
        }
        int from = (step - firstSteps.get(of)) * perStep;
        return sequences.subList(from, Math.min(sequences.size(), from + perStep));
    }
}
