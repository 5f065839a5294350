package dev.quipu.training.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quipu.llama.gguf.GgufException;
import dev.quipu.llama.gguf.GgufFile;
import dev.quipu.llama.gguf.GgufTensor;
import dev.quipu.llama.gguf.TensorType;
import dev.quipu.llama.quantize.Quantization;
import dev.quipu.training.AdapterMerge;
import dev.quipu.training.LoraOptions;
import dev.quipu.training.MergeRequest;
import dev.quipu.training.MergedModel;
import dev.quipu.training.TrainingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Merged models, by libllama's logits. */
class AdapterMergeTest {
    private static final LoraOptions SMALL = LoraOptions.STANDARD.withRank(4).withAlpha(8);
    private static final int[] TOKENS = {5, 80, 200, 17, 17, 90, 3, 250, 101, 64};

    @TempDir
    Path folder;

    private Path adapter(Path model) throws Exception {
        Path file = folder.resolve("adapter.gguf");
        try (TinyBench bench = new TinyBench(model, SMALL).randomize()) {
            AdapterFile.write(file, bench.adapter, bench.model.geometry(), new Fingerprint(Map.of()));
        }
        return file;
    }

    private static float[] logits(Path model) throws Throwable {
        return new LlamaLogits().of(model, TOKENS, 288);
    }

    private static MergedModel merge(MergeRequest request) throws InterruptedException {
        return new AdapterMerge(request).run(share -> {});
    }

    /** The bounds are shares of the distance from the least logit to the greatest. */
    @ParameterizedTest
    @CsvSource({"llama,F32,1e-6", "qwen2,F32,1e-6", "llama,Q8_0,0.02"})
    void saysInTheBasesOwnTypesWhatBaseAndAdapterSay(String architecture, TensorType type, double bound)
            throws Throwable {
        Path base = TinyModel.write(folder, architecture, type);
        Path adapter = adapter(base);

        MergedModel merged = merge(MergeRequest.of(base, adapter, folder.resolve("merged.gguf")));

        float[] expected = new LlamaLogits().of(base, adapter, TOKENS, 288);
        float[] found = logits(merged.file());
        double spread = Difference.spread(expected);
        assertThat(Difference.greatest(found, expected) / spread).isLessThan(bound);
        assertThat(Difference.greatest(logits(base), expected) / spread).isGreaterThan(0.1);
        assertThat(merged.weights()).isEqualTo(14);
        assertThat(merged.bytes()).isEqualTo(merged.baseBytes());
    }

    @Test
    void bringsTheWholeModelToAnotherType() throws Throwable {
        Path base = TinyModel.write(folder, "llama", TensorType.F32);
        Path adapter = adapter(base);

        MergedModel merged = merge(
                MergeRequest.of(base, adapter, folder.resolve("merged.gguf")).withType(Quantization.Q8_0));

        float[] expected = new LlamaLogits().of(base, adapter, TOKENS, 288);
        assertThat(Difference.greatest(logits(merged.file()), expected) / Difference.spread(expected))
                .isLessThan(0.02);
        assertThat(GgufFile.read(merged.file()).tensors())
                .filteredOn(t -> t.dimensions().size() == 2)
                .extracting(GgufTensor::type)
                .containsOnly(TensorType.Q8_0);
        assertThat(left()).containsExactlyInAnyOrder("adapter.gguf", "llama-F32-F32.gguf", "merged.gguf");
    }

    @Test
    void countsTheAdapterAsMuchAsAsked() throws Throwable {
        Path base = TinyModel.write(folder, "llama", TensorType.F32);
        Path adapter = adapter(base);
        Path there = folder.resolve("there.gguf");
        Path back = folder.resolve("back.gguf");

        merge(MergeRequest.of(base, adapter, there).withScale(0.5f));
        merge(MergeRequest.of(there, adapter, back).withScale(-0.5f));

        assertThat(Difference.greatest(logits(back), logits(base))).isLessThan(1e-4);
        assertThat(Difference.greatest(logits(there), logits(base))).isGreaterThan(0.5);
    }

    @Test
    void keepsEveryWordOfTheMetadata() throws Exception {
        Path base = TinyModel.write(folder, "llama", TensorType.Q8_0);

        MergedModel merged = merge(MergeRequest.of(base, adapter(base), folder.resolve("merged.gguf")));

        assertThat(GgufFile.read(merged.file())).isEqualTo(GgufFile.read(base));
    }

    @Test
    void refusesAnAdapterOfAnotherModel() throws Exception {
        Path adapter = adapter(TinyModel.write(folder, "qwen2", TensorType.F32));
        Path base = TinyModel.write(folder, "llama", TensorType.F32);
        MergeRequest request = MergeRequest.of(base, adapter, folder.resolve("merged.gguf"));

        assertThatThrownBy(() -> merge(request))
                .isInstanceOf(GgufException.class)
                .hasMessageContaining("general.architecture");

        assertThat(request.output()).doesNotExist();
    }

    @Test
    void replacesNothingUnlessAllowed() throws Exception {
        Path base = TinyModel.write(folder, "llama", TensorType.F32);
        Path adapter = adapter(base);
        Path output = Files.writeString(folder.resolve("merged.gguf"), "mine");
        MergeRequest request = MergeRequest.of(base, adapter, output);

        assertThatThrownBy(() -> merge(request))
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining("--replace");

        assertThat(output).hasContent("mine");
        assertThat(merge(request.withReplace(true)).bytes()).isEqualTo(Files.size(output));
    }

    @Test
    void refusesToWriteOverItsInput() throws Exception {
        Path base = TinyModel.write(folder, "llama", TensorType.F32);
        MergeRequest request = MergeRequest.of(base, adapter(base), base).withReplace(true);

        assertThatThrownBy(() -> merge(request)).hasMessageContaining("is an input itself");
    }

    private List<String> left() throws IOException {
        List<String> names = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            files.map(f -> String.valueOf(f.getFileName())).forEach(names::add);
        }
        return names;
    }
}
