package dev.quipu.training;

import dev.quipu.QuipuException;
import java.nio.file.Path;

/** A process that trains until it is killed: MODEL OUT STEPS EVERY. Says a line for each step. */
public final class TrainingChild {
    private TrainingChild() {}

    public static void main(String[] arguments) {
        TrainingOptions options = options(
                Path.of(arguments[0]),
                Path.of(arguments[1]),
                Integer.parseInt(arguments[2]),
                Integer.parseInt(arguments[3]));
        try {
            new LoraTraining(options, Lessons.of(24, 12)).run(p -> System.out.println(p.step()));
            System.out.println("done");
        } catch (QuipuException e) {
            System.out.println(e.getMessage());
            System.exit(1);
        }
    }

    static TrainingOptions options(Path model, Path output, int steps, int every) {
        return TrainingOptions.builder(model, output)
                .lora(LoraOptions.STANDARD.withRank(4).withAlpha(8).withDropout(0.1f))
                .optimizer(OptimizerOptions.STANDARD.withRate(5e-3f).withWarmup(3))
                .length(24)
                .batch(2)
                .accumulate(2)
                .steps(steps)
                .threads(1)
                .checkpointSteps(every)
                .resume(true)
                .build();
    }
}
