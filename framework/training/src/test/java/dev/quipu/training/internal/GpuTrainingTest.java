package dev.quipu.training.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.quipu.llama.gguf.TensorType;
import dev.quipu.training.Compute;
import dev.quipu.training.Example;
import dev.quipu.training.Examples;
import dev.quipu.training.LoraOptions;
import dev.quipu.training.LoraTraining;
import dev.quipu.training.TrainingListener;
import dev.quipu.training.TrainingOptions;
import dev.quipu.training.TrainingResult;
import dev.quipu.training.internal.LossGraph.Use;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Needs a GPU, or Vulkan in software; docs/gpu.md has the command. */
@Tag("gpu")
class GpuTrainingTest {
    private static final LoraOptions SMALL = LoraOptions.STANDARD.withRank(4).withAlpha(8);

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"llama,F32,0.99999", "llama,Q8_0,0.999", "qwen2,Q4_0,0.999", "qwen3,F32,0.99999", "gemma3,Q8_0,0.999"})
    void hasTheGradientsOfTheCpu(String architecture, TensorType type, double least) throws Exception {
        Path model = TinyModel.write(folder, architecture, type);
        try (TinyBench cpu = new TinyBench(model, SMALL).randomize();
                TinyBench gpu = new TinyBench(model, SMALL, true).randomize()) {
            Batch batch = cpu.batch(2, 1);
            double expected = cpu.graph(Use.BACKWARD).compute(batch);

            double loss = gpu.graph(Use.RECOMPUTE).compute(batch);

            assertThat(loss).isCloseTo(expected, within(0.01 * expected));
            assertThat(Difference.cosine(gpu.gradients(), cpu.gradients())).isGreaterThan(least);
        }
    }

    @Test
    void learnsWhatTheCpuLearns() {
        Path model = TinyModel.write(folder, "llama", TensorType.Q8_0);

        List<Float> cpu = train(model, Compute.CPU).losses();
        List<Float> gpu = train(model, Compute.GPU).losses();

        assertThat(gpu.getLast()).isLessThan(0.5f * gpu.getFirst());
        for (int i = 0; i < cpu.size(); i++) {
            assertThat(gpu.get(i)).isCloseTo(cpu.get(i), within(0.02f * cpu.getFirst()));
        }
    }

    private TrainingResult train(Path model, Compute compute) {
        SplittableRandom random = new SplittableRandom(4);
        List<Example> examples = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            examples.add(Example.text(random.ints(17, 0, 250).toArray()));
        }
        TrainingOptions options = TrainingOptions.builder(model, folder.resolve(compute + ".gguf"))
                .lora(SMALL)
                .optimizer(dev.quipu.training.OptimizerOptions.STANDARD.withRate(1e-2f))
                .length(16)
                .batch(4)
                .steps(30)
                .threads(1)
                .compute(compute)
                .build();
        return new LoraTraining(options, Examples.of(examples)).run(TrainingListener.NONE);
    }
}
