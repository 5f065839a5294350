package dev.quipu.training.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.quipu.llama.gguf.TensorType;
import dev.quipu.training.Example;
import dev.quipu.training.LoraOptions;
import dev.quipu.training.OptimizerOptions;
import dev.quipu.training.Preference;
import dev.quipu.training.PreferenceTraining;
import dev.quipu.training.TrainingListener;
import dev.quipu.training.TrainingOptions;
import dev.quipu.training.TrainingResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Preferences of a tiny model. */
class PreferenceLessonsTest {
    private static final float BETA = 0.3f;

    @TempDir
    Path folder;

    private TrainingOptions.Builder options(TensorType type) {
        return TrainingOptions.builder(TinyModel.write(folder, "llama", type), folder.resolve("out.gguf"))
                .lora(LoraOptions.STANDARD.withRank(4).withAlpha(8))
                .optimizer(OptimizerOptions.STANDARD.withRate(5e-3f))
                .length(12)
                .batch(2)
                .threads(1)
                .checkpointSteps(0);
    }

    private static List<Preference> preferences(int count) {
        SplittableRandom random = new SplittableRandom(2);
        List<Preference> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int question = 64 + random.nextInt(16);
            all.add(new Preference(answer(question, 97, 4), answer(question, 110, 6)));
        }
        return all;
    }

    /** A question of three tokens, which are not learnt, and so many of the same token. */
    private static Example answer(int question, int token, int length) {
        int[] tokens = new int[3 + length];
        boolean[] trained = new boolean[3 + length];
        for (int i = 0; i < tokens.length; i++) {
            tokens[i] = i < 3 ? question + i : token;
            trained[i] = i >= 3;
        }
        return new Example(tokens, trained);
    }

    @Test
    void beginAtTheLossOfATossAndTeachWhichAnswerIsBetter() {
        TrainingOptions options = options(TensorType.Q8_0).steps(40).build();

        TrainingResult result = new PreferenceTraining(options, preferences(8), BETA).run(TrainingListener.NONE);

        assertThat(result.losses().getFirst()).isCloseTo((float) Math.log(2), within(1e-4f));
        assertThat(result.loss()).isLessThan(0.1);
    }

    @Test
    void haveTheGradientThatFiniteDifferencesSay() {
        try (Workbench bench = new Workbench(options(TensorType.F32).steps(1).build(), false)) {
            PreferenceLessons lessons = new PreferenceLessons(bench, preferences(2), BETA);
            SplittableRandom random = new SplittableRandom(5);
            for (Parameter parameter : bench.adapter().parameters()) {
                if (parameter.fast()) {
                    float[] values = parameter.weight().floats();
                    for (int i = 0; i < values.length; i++) {
                        values[i] = (float) random.nextGaussian(0, 0.05);
                    }
                    parameter.weight().write(values);
                }
            }
            bench.adapter().clearGradients();
            lessons.learn(0);
            double norm = bench.adapter().gradientNorm();
            List<float[]> gradients =
                    bench.adapter().parameters().stream().map(Parameter::slopes).toList();

            double reach = 0.01;
            double slope = (moved(bench, lessons, gradients, reach / norm)
                            - moved(bench, lessons, gradients, -2 * reach / norm))
                    / (2 * reach);

            assertThat(slope).isCloseTo(norm, within(5e-3 * norm));
        }
    }

    /** Moves all matrices along the gradient and returns the loss there. */
    private static double moved(Workbench bench, PreferenceLessons lessons, List<float[]> gradients, double by) {
        for (int p = 0; p < gradients.size(); p++) {
            Parameter parameter = bench.adapter().parameters().get(p);
            float[] values = parameter.weight().floats();
            for (int i = 0; i < values.length; i++) {
                values[i] += (float) (by * gradients.get(p)[i]);
            }
            parameter.weight().write(values);
        }
        return lessons.learn(0);
    }

    @Test
    void sayWhenNoPairFits() {
        TrainingOptions options = options(TensorType.Q8_0).length(4).build();

        assertThatThrownBy(() -> new PreferenceTraining(options, preferences(3), BETA).run(TrainingListener.NONE))
                .hasMessageContaining("QP-TRAIN-004")
                .hasMessageContaining("none of 3 preferences");
    }
}
