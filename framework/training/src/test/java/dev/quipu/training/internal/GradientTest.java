package dev.quipu.training.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.quipu.llama.gguf.TensorType;
import dev.quipu.training.LoraOptions;
import dev.quipu.training.TrainingException;
import dev.quipu.training.internal.LossGraph.Use;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The gradients against what the loss does when the weights are moved. */
class GradientTest {
    private static final LoraOptions SMALL = LoraOptions.STANDARD.withRank(4).withAlpha(8);

    @TempDir
    Path folder;

    private TinyBench bench(String architecture, TensorType type, LoraOptions options) {
        return new TinyBench(TinyModel.write(folder, architecture, type), options).randomize();
    }

    /** The worst relative error over all matrices, each moved along its own gradient. */
    private static double worstError(TinyBench bench, LossGraph back, LossGraph forward, Batch batch) {
        bench.adapter.clearGradients();
        back.compute(batch);
        double worst = 0;
        for (Parameter parameter : bench.adapter.parameters()) {
            float[] gradient = parameter.slopes();
            double norm = norm(gradient);
            float[] at = parameter.weight().floats();
            double change = slope(by -> moved(parameter, at, gradient, by / norm, forward, batch));
            parameter.weight().write(at);
            worst = Math.max(worst, Math.abs(change - norm) / norm);
        }
        return worst;
    }

    /** The slope at zero by four points: what curvature adds cancels out, so that steps can be long against rounding. */
    private static double slope(DoubleUnaryOperator f) {
        double h = 0.04;
        return (8 * (f.applyAsDouble(h) - f.applyAsDouble(-h)) - (f.applyAsDouble(2 * h) - f.applyAsDouble(-2 * h)))
                / (12 * h);
    }

    private static double moved(
            Parameter parameter, float[] at, float[] along, double by, LossGraph forward, Batch batch) {
        float[] there = at.clone();
        for (int i = 0; i < there.length; i++) {
            there[i] += (float) (by * along[i]);
        }
        parameter.weight().write(there);
        return forward.compute(batch);
    }

    private static double norm(float[] values) {
        double sum = 0;
        for (float value : values) {
            sum += (double) value * value;
        }
        return Math.sqrt(sum);
    }

    @ParameterizedTest
    @ValueSource(strings = {"llama", "qwen2", "qwen3", "gemma3"})
    void areWhatFiniteDifferencesSay(String architecture) throws Exception {
        try (TinyBench bench = bench(architecture, TensorType.F32, SMALL)) {
            Batch batch = bench.batch(2, 1);

            double error = worstError(bench, bench.graph(Use.BACKWARD), bench.graph(Use.FORWARD), batch);

            assertThat(error).isLessThan(1e-3);
        }
    }

    @Test
    void areWhatFiniteDifferencesSayWithLabelSmoothing() throws Exception {
        try (TinyBench bench = bench("llama", TensorType.F32, SMALL)) {
            LossGraph back = bench.graph(Use.BACKWARD, 2, 12, 0.1f, Optional.empty());
            LossGraph forward = bench.graph(Use.FORWARD, 2, 32, 0.1f, Optional.empty());

            double error = worstError(bench, back, forward, bench.batch(2, 1));

            assertThat(error).isLessThan(1e-3);
        }
    }

    @ParameterizedTest
    @ValueSource(floats = {0, 0.1f})
    void areWhatFiniteDifferencesSayOnTheOutput(float smoothing) throws Exception {
        Path model = TinyModel.writeUntied(folder, TensorType.F32);
        try (TinyBench bench = new TinyBench(model, SMALL.withOutput(true)).randomize()) {
            LossGraph back = bench.graph(Use.RECOMPUTE, 2, 12, smoothing, Optional.empty());
            LossGraph forward = bench.graph(Use.FORWARD, 2, 32, smoothing, Optional.empty());

            double error = worstError(bench, back, forward, bench.batch(2, 1));

            assertThat(error).isLessThan(1e-3);
        }
    }

    @Test
    void areRefusedForTheOutputWhereTheEmbeddingMakesTheScores() {
        assertThatThrownBy(() -> bench("llama", TensorType.F32, SMALL.withOutput(true)))
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining("output.weight");
    }

    @Test
    void areWhatFiniteDifferencesSayWithDropout() throws Exception {
        LoraOptions options = SMALL.withDropout(0.3f);
        try (TinyBench bench = bench("llama", TensorType.F32, options);
                Dropout dropout = new Dropout(bench.model.geometry(), 0.3f, 32, 9, bench.backend)) {
            dropout.draw(4);
            LossGraph back = bench.graph(Use.RECOMPUTE, 2, 12, 0, Optional.of(dropout));
            LossGraph forward = bench.graph(Use.FORWARD, 2, 32, 0, Optional.of(dropout));

            double error = worstError(bench, back, forward, bench.batch(2, 1));

            assertThat(error).isLessThan(1e-3);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"llama", "gemma3"})
    void areTheSameToTheBitWhenLayersAreComputedAgain(String architecture) throws Exception {
        try (TinyBench bench = bench(architecture, TensorType.Q8_0, SMALL)) {
            Batch batch = bench.batch(2, 1);
            double loss = bench.graph(Use.BACKWARD).compute(batch);
            List<float[]> kept = bench.gradients();
            bench.adapter.clearGradients();

            double again = bench.graph(Use.RECOMPUTE).compute(batch);

            assertThat(again).isEqualTo(loss);
            List<float[]> recomputed = bench.gradients();
            for (int i = 0; i < kept.size(); i++) {
                assertThat(recomputed.get(i)).isEqualTo(kept.get(i));
            }
        }
    }

    @Test
    void ofBatchesOneByOneAddUpToThoseOfAllAtOnce() throws Exception {
        try (TinyBench bench = bench("llama", TensorType.F32, SMALL)) {
            Batch batch = bench.batch(4, 1);
            bench.graph(Use.BACKWARD, 4, 64, 0, Optional.empty()).compute(batch);
            List<float[]> together = bench.gradients();
            bench.adapter.clearGradients();

            LossGraph single = bench.graph(Use.BACKWARD, 1, 16, 0, Optional.empty());
            for (int i = 0; i < 4; i++) {
                single.compute(part(batch, i));
            }

            List<float[]> apart = bench.gradients();
            for (int i = 0; i < apart.size(); i++) {
                assertThat(apart.get(i)).containsExactly(together.get(i), within(1e-5f));
            }
        }
    }

    /** Half precision has no numbers as small as the gradients of one token among many thousands. */
    @ParameterizedTest
    @ValueSource(strings = {"F32", "Q8_0"})
    void keepTheirDirectionWhenATokenCountsForLittle(String type) throws Exception {
        try (TinyBench bench = bench("llama", TensorType.valueOf(type), SMALL)) {
            Batch batch = bench.batch(2, 1);
            LossGraph graph = bench.graph(Use.BACKWARD);
            graph.compute(batch);
            List<float[]> whole = bench.gradients();
            bench.adapter.clearGradients();

            graph.compute(batch.scaled(new double[] {1.0 / (1 << 12), 1.0 / (1 << 12)}, TinyBench.LENGTH));

            assertThat(Difference.cosine(bench.gradients(), whole)).isGreaterThan(0.9999);
        }
    }

    private static Batch part(Batch all, int sequence) {
        int from = sequence * TinyBench.LENGTH;
        int to = from + TinyBench.LENGTH;
        return new Batch(
                java.util.Arrays.copyOfRange(all.tokens(), from, to),
                java.util.Arrays.copyOfRange(all.positions(), from, to),
                java.util.Arrays.copyOfRange(all.documents(), from, to),
                java.util.Arrays.copyOfRange(all.labels(), from, to),
                java.util.Arrays.copyOfRange(all.weights(), from, to));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Q8_0", "Q4_0"})
    void ofAQuantizedBasePointWhereThoseOfTheModelItStandsForPoint(String type) throws Exception {
        TensorType rounding = TensorType.valueOf(type);
        try (TinyBench quantized = bench("llama", rounding, SMALL);
                TinyBench exact = new TinyBench(TinyModel.writeExact(folder, "llama", rounding), SMALL).randomize()) {
            Batch batch = quantized.batch(2, 1);
            quantized.graph(Use.BACKWARD).compute(batch);
            exact.graph(Use.BACKWARD).compute(batch);

            double cosine = Difference.cosine(quantized.gradients(), exact.gradients());

            assertThat(cosine).isGreaterThan(0.999);
        }
    }

    @Test
    void ofADocumentDoNotDependOnItsNeighbour() throws Exception {
        try (TinyBench bench = bench("qwen2", TensorType.F32, SMALL)) {
            Batch one = bench.batch(1, 1);
            Batch other = bench.batch(1, 2);
            for (int i = 0; i < 10; i++) { // the first document of the other, the second of the one
                one.weights()[i] = 0;
                other.weights()[i] = 0;
            }
            System.arraycopy(one.tokens(), 10, other.tokens(), 10, 6);
            System.arraycopy(one.labels(), 10, other.labels(), 10, 6);
            LossGraph graph = bench.graph(Use.BACKWARD, 1, 16, 0, Optional.empty());

            double loss = graph.compute(one);

            assertThat(graph.compute(other)).isEqualTo(loss);
        }
    }
}
