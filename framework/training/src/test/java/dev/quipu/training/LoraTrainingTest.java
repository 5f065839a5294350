package dev.quipu.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quipu.llama.gguf.AdapterCheck;
import dev.quipu.llama.gguf.GgufFile;
import dev.quipu.llama.gguf.TensorType;
import dev.quipu.training.internal.TinyModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Trainings of tiny models. */
class LoraTrainingTest {
    @TempDir
    Path folder;

    private TrainingOptions.Builder options(String architecture, TensorType type) {
        return TrainingOptions.builder(TinyModel.write(folder, architecture, type), folder.resolve("out.gguf"))
                .lora(LoraOptions.STANDARD.withRank(8).withAlpha(16))
                .optimizer(OptimizerOptions.STANDARD.withRate(1e-2f).withWarmup(5))
                .length(24)
                .batch(2)
                .threads(1);
    }

    private static TrainingResult train(TrainingOptions options, Examples examples) {
        return new LoraTraining(options, examples).run(TrainingListener.NONE);
    }

    @ParameterizedTest
    @CsvSource({"llama,F32", "llama,Q4_0", "qwen2,Q8_0", "qwen3,Q8_0", "gemma3,Q4_0"})
    void teachesARule(String architecture, TensorType type) {
        TrainingOptions options =
                options(architecture, type).steps(120).recompute(true).build();

        TrainingResult result = train(options, Lessons.of(32, 12));

        assertThat(result.losses().getFirst()).isGreaterThan(3f);
        assertThat(result.loss()).isLessThan(1);
        AdapterCheck.require(result.adapter(), GgufFile.read(options.model()));
    }

    @Test
    void isTheSameToTheBitForTheSameSeedAndAnotherForAnother() throws IOException {
        TrainingOptions.Builder options = options("llama", TensorType.Q8_0)
                .lora(LoraOptions.STANDARD.withRank(4).withDropout(0.2f))
                .steps(5);

        byte[] first =
                Files.readAllBytes(train(options.build(), Lessons.of(8, 12)).adapter());
        byte[] again =
                Files.readAllBytes(train(options.build(), Lessons.of(8, 12)).adapter());
        byte[] other = Files.readAllBytes(
                train(options.seed(7).build(), Lessons.of(8, 12)).adapter());

        assertThat(again).isEqualTo(first);
        assertThat(other).isNotEqualTo(first);
    }

    @Test
    void learnsTheSameInManySmallBatchesAsInOne() {
        TrainingOptions.Builder options =
                options("llama", TensorType.F32).steps(10).packing(false);

        List<Float> together =
                train(options.batch(4).build(), Lessons.of(16, 12)).losses();
        List<Float> apart = train(options.batch(1).accumulate(4).build(), Lessons.of(16, 12))
                .losses();

        for (int i = 0; i < 10; i++) {
            assertThat(apart.get(i)).isCloseTo(together.get(i), org.assertj.core.data.Offset.offset(1e-4f));
        }
    }

    @Test
    void stopsWithACheckpointFromWhichItGoesOnAsIfItHadNot() throws IOException {
        TrainingOptions.Builder options = options("llama", TensorType.Q8_0).steps(12);
        TrainingResult whole = train(options.build(), Lessons.of(16, 12));
        byte[] expected = Files.readAllBytes(whole.adapter());
        Files.delete(whole.adapter());
        LoraTraining training = new LoraTraining(options.build(), Lessons.of(16, 12));

        TrainingResult stopped = training.run(p -> {
            if (p.step() == 5) {
                training.stop();
            }
        });
        TrainingResult resumed = train(options.resume(true).build(), Lessons.of(16, 12));

        assertThat(stopped.stopped()).isTrue();
        assertThat(stopped.step()).isEqualTo(5);
        assertThat(resumed.losses()).isEqualTo(whole.losses());
        assertThat(Files.readAllBytes(resumed.adapter())).isEqualTo(expected);
    }

    @Test
    void doesNotResumeTheCheckpointOfAnotherTraining() {
        TrainingOptions.Builder options = options("llama", TensorType.Q8_0).steps(12);
        LoraTraining training = new LoraTraining(options.build(), Lessons.of(16, 12));
        training.run(p -> training.stop());

        assertThatThrownBy(() -> train(options.resume(true).seed(9).build(), Lessons.of(15, 12)))
                .hasMessageContaining("QP-TRAIN-007")
                .hasMessageContaining("examples, seed");
    }

    @Test
    void refusesADamagedCheckpoint() throws IOException {
        TrainingOptions options =
                options("llama", TensorType.Q8_0).steps(12).resume(true).build();
        LoraTraining training = new LoraTraining(options, Lessons.of(16, 12));
        training.run(p -> training.stop());
        byte[] whole = Files.readAllBytes(options.checkpoint());
        Files.write(options.checkpoint(), java.util.Arrays.copyOf(whole, whole.length / 2));

        assertThatThrownBy(() -> train(options, Lessons.of(16, 12))).hasMessageContaining("QP-TRAIN-007");
    }

    @Test
    void saysSoWhenTheLossIsNoNumberAndKeepsTheCheckpoint() throws IOException {
        TrainingOptions options = options("llama", TensorType.F32)
                .optimizer(OptimizerOptions.STANDARD.withRate(1).withSchedule(Schedule.CONSTANT))
                .lora(LoraOptions.STANDARD.withAlpha(1e36f))
                .steps(200)
                .checkpointSteps(1)
                .build();

        assertThatThrownBy(() -> train(options, Lessons.of(16, 12))).hasMessageContaining("QP-TRAIN-005");

        assertThat(options.checkpoint()).exists();
        assertThat(options.output()).doesNotExist();
    }

    @Test
    void countsWhatItLeavesOutWhenNothingIsLeft() {
        TrainingOptions options = options("llama", TensorType.Q8_0).length(8).build();
        Examples examples = new Examples(Lessons.of(3, 12).all(), Map.of("broken", 2));

        assertThatThrownBy(() -> train(options, examples))
                .hasMessageContaining("QP-TRAIN-004")
                .hasMessageContaining("of 3 examples 3 have more than 8 tokens")
                .hasMessageContaining("2 broken");
    }

    @Test
    void refusesTokensThatTheModelDoesNotHave() {
        Examples examples = Examples.of(List.of(Example.text(new int[] {1, 100_000})));

        assertThatThrownBy(() -> train(options("llama", TensorType.Q8_0).build(), examples))
                .hasMessageContaining("QP-TRAIN-003")
                .hasMessageContaining("100000");
    }

    @Test
    void namesTheArchitecturesThatItCanTrain() {
        TrainingOptions options = options("gemma2", TensorType.F32).build();

        assertThatThrownBy(() -> train(options, Lessons.of(3, 12)))
                .hasMessageContaining("QP-TRAIN-002")
                .hasMessageContaining("llama, qwen2, qwen3, gemma3");
    }
}
