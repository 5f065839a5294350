package dev.quipu.training.internal;

import dev.quipu.training.Compute;
import dev.quipu.training.TrainingError;
import dev.quipu.training.TrainingException;
import dev.quipu.training.TrainingOptions;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All that a training needs on the device that it computes on. */
record Equipment(Workbench bench, Lessons lessons, Optimizer optimizer) implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Equipment.class);

    /** @throws TrainingException if there is nothing to train on, or it cannot be trained where it has to be */
    static Equipment of(TrainingOptions options, Function<Workbench, Lessons> lessons) {
        if (options.compute() != Compute.AUTO) {
            return on(options.compute() == Compute.GPU, options, lessons);
        }
        if (!Workbench.gpuThere()) {
            return on(false, options, lessons);
        }
        try {
            return on(true, options, lessons);
        } catch (TrainingException e) {
            if (e.code() != TrainingError.DEVICE && e.code() != TrainingError.MEMORY) {
                throw e;
            }
            log.atWarn().addKeyValue("why", e.detail()).log("The GPU is left out; training on the CPU");
            return on(false, options, lessons);
        }
    }

    private static Equipment on(boolean gpu, TrainingOptions options, Function<Workbench, Lessons> lessons) {
        Workbench bench = new Workbench(options, gpu);
        try {
            Equipment equipment = new Equipment(bench, lessons.apply(bench), bench.optimizer());
            log.atInfo()
                    .addKeyValue("device", bench.device())
                    .addKeyValue("bytes", bench.memory())
                    .log("Training");
            return equipment;
        } catch (RuntimeException e) {
            bench.close();
            throw e;
        }
    }

    @Override
    public void close() {
        bench.close();
    }
}
