package dev.quipu.llama.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.quipu.llama.EngineError;
import dev.quipu.llama.EngineException;
import dev.quipu.llama.gguf.GgufFile;
import dev.quipu.llama.gguf.LoraBytes;
import dev.quipu.llama.gguf.TinyFiles;
import dev.quipu.llama.quantize.Quantization;
import dev.quipu.llama.quantize.QuantizeJob;
import dev.quipu.llama.quantize.QuantizeRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextCheckTest {
    private static final String TEXT = "hello world, the one in the other ".repeat(12);
    private static final TextCheck CHECK = new TextCheck(32, 3, 1);

    @TempDir
    Path folder;

    @Test
    void givesAUniformModelAPerplexityOfItsVocabulary() throws Exception {
        TinyFiles.Uniform uniform = TinyFiles.uniform(folder);

        TextScore score = CHECK.compare(uniform.file(), uniform.file(), TEXT, share -> {});

        assertThat(score.perplexity()).isEqualTo(uniform.tokens(), within(1e-6));
        assertThat(score.meanDivergence()).isZero();
    }

    @Test
    void scoresTheSecondHalfOfEachWindow() throws Exception {
        Path model = TinyFiles.random(folder);
        List<Double> told = new ArrayList<>();

        TextScore score = CHECK.compare(model, model, TEXT, told::add);

        assertThat(score.windows()).isEqualTo(3);
        assertThat(score.tokens()).isEqualTo(3 * 15);
        assertThat(told).containsExactly(1 / 3.0, 2 / 3.0, 1.0);
    }

    @Test
    void findsTheLossOfAQuantization() throws Exception {
        Path model = TinyFiles.random(folder);
        Path small = folder.resolve("small.gguf");
        try (QuantizeJob job = QuantizeJob.start(QuantizeRequest.of(model, small, Quantization.Q4_0), share -> {})) {
            job.await();
        }

        TextScore score = CHECK.compare(small, model, TEXT, share -> {});

        assertThat(score.meanDivergence()).isGreaterThan(1e-9).isLessThan(0.1);
        assertThat(score.maxDivergence()).isGreaterThanOrEqualTo(score.p99Divergence());
    }

    @Test
    void findsWhatAnAdapterChanges() throws Exception {
        Path model = TinyFiles.random(folder);
        Path adapter = adapter(model);

        TextScore adapted = CHECK.compareAdapted(model, adapter, 1, TEXT, share -> {});

        assertThat(adapted.reference())
                .isEqualTo(CHECK.compare(model, model, TEXT, share -> {}).perplexity());
        assertThat(adapted.perplexity()).isNotEqualTo(adapted.reference());
        assertThat(adapted.meanDivergence()).isGreaterThan(1e-4);
        assertThat(CHECK.compareAdapted(model, adapter, 0.5f, TEXT, share -> {}).meanDivergence())
                .isLessThan(adapted.meanDivergence());
    }

    @Test
    void refusesWhatIsNoAdapter() throws Exception {
        Path model = TinyFiles.random(folder);
        Path none = folder.resolve("none.gguf");
        Files.write(none, new byte[64]);

        assertThatThrownBy(() -> CHECK.compareAdapted(model, none, 1, TEXT, share -> {}))
                .isInstanceOfSatisfying(
                        EngineException.class, e -> assertThat(e.code()).isEqualTo(EngineError.ADAPTER));
    }

    private Path adapter(Path model) throws IOException {
        byte[] bytes = LoraBytes.of(GgufFile.read(model), 1, List.of("blk.0.attn_q.weight", "blk.0.attn_v.weight"));
        return Files.write(folder.resolve("adapter.gguf"), bytes);
    }

    @Test
    void refusesATextThatFillsNoWindow() throws Exception {
        Path model = TinyFiles.random(folder);

        assertThatThrownBy(() -> CHECK.compare(model, model, "hello", share -> {}))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("window");
    }

    @Test
    void refusesModelsOfDifferentTokens() throws Exception {
        Path model = TinyFiles.random(folder);
        Path none = TinyFiles.bytePairs(folder);

        assertThatThrownBy(() -> CHECK.compare(model, none, TEXT, share -> {}))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("different tokens");
    }
}
