package dev.quipu.training.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quipu.llama.gguf.TensorType;
import dev.quipu.training.LoraOptions;
import dev.quipu.training.internal.LossGraph.Use;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Adapters as libllama sees them. */
class AdapterFileTest {
    private static final LoraOptions SMALL = LoraOptions.STANDARD.withRank(4).withAlpha(8);

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "llama,F32,false",
        "llama,Q8_0,true",
        "llama,Q4_0,false",
        "qwen2,F32,false",
        "qwen2,Q8_0,false",
        "qwen3,F32,true",
        "gemma3,F32,false"
    })
    void giveLibllamaTheLogitsOfTheTrainer(String architecture, TensorType type, boolean rsLora) throws Throwable {
        Path file = TinyModel.write(folder, architecture, type);

        compare(file, SMALL.withRsLora(rsLora), bound(architecture));
    }

    @ParameterizedTest
    @ValueSource(strings = {"F32", "Q8_0"})
    void giveLibllamaTheLogitsOfTheTrainerWithTheOutputChanged(String type) throws Throwable {
        Path file = TinyModel.writeUntied(folder, TensorType.valueOf(type));

        compare(file, SMALL.withOutput(true), 1e-4);
    }

    private void compare(Path file, LoraOptions options, double bound) throws Throwable {
        try (TinyBench bench = new TinyBench(file, options).randomize()) {
            Batch batch = bench.batch(1, 1);
            for (int i = 0; i < TinyBench.LENGTH; i++) { // one document, as libllama sees it
                batch.documents()[i] = 0;
                batch.positions()[i] = i;
            }
            LossGraph graph = bench.graph(Use.SCORES, 1, TinyBench.LENGTH, 0, Optional.empty());
            graph.compute(batch);
            float[] ours = graph.scores();
            Path adapter = folder.resolve("adapter.gguf");
            AdapterFile.write(adapter, bench.adapter, bench.model.geometry(), new Fingerprint(Map.of()));

            float[] theirs = new LlamaLogits()
                    .of(file, adapter, batch.tokens(), bench.model.geometry().vocabulary());

            assertThat(Difference.greatest(ours, theirs)).isLessThan(bound);
            assertThat(Difference.spread(ours)).isGreaterThan(1);
        }
    }

    /** Gemma's activation is a table of half precision there. */
    private static double bound(String architecture) {
        return architecture.equals("gemma3") ? 2e-2 : 1e-4;
    }
}
