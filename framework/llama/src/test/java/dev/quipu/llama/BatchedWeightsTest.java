package dev.quipu.llama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quipu.llama.gguf.GgufFile;
import dev.quipu.llama.gguf.TinyFiles;
import dev.quipu.llama.quantize.Quantization;
import dev.quipu.llama.quantize.QuantizeJob;
import dev.quipu.llama.quantize.QuantizeRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Copies of tiny models whose types batch. */
class BatchedWeightsTest {
    @TempDir
    Path folder;

    @Test
    void keepsOneCopyOfAModelAsItIsNow() throws Exception {
        Path model = slow();

        Path first = batched(model).model();
        FileTime made = Files.getLastModifiedTime(first);
        Path again = batched(model).model();
        FileTime found = Files.getLastModifiedTime(again);
        Files.setLastModifiedTime(model, FileTime.fromMillis(1));
        Path changed = batched(model).model();

        assertThat(GgufFile.read(changed).tensors())
                .filteredOn(t -> t.dimensions().size() > 1)
                .allMatch(t -> t.type().batches());
        assertThat(again).isEqualTo(first);
        assertThat(found).isEqualTo(made);
        assertThat(changed).isNotEqualTo(first);
        assertThat(copies()).containsExactly(changed);
    }

    @Test
    void areWhatAnEngineLoadsThatIsAskedForThem() throws Exception {
        EngineOptions options =
                EngineOptions.builder(slow()).weights(Weights.BATCHED).build();
        Path copies = CacheFolder.base().resolve("weights");

        Engine.load(options).close();

        Path copy = BatchedWeights.of(options, folder.resolve("copies")).model();
        Path loaded = copies.resolve(String.valueOf(copy.getFileName()));
        assertThat(loaded).hasSameBinaryContentAs(copy);
        Files.delete(loaded);
    }

    @Test
    void takesAModelWhoseTypesBatchAsItIs() throws Exception {
        Path model = TinyFiles.random(folder);

        EngineOptions options = batched(model);

        assertThat(options.model()).isEqualTo(model);
        assertThat(copies()).isEmpty();
    }

    @Test
    void tellsWhatToDoWhenNoCopyCanBeMade() throws Exception {
        Path model = slow();
        Files.writeString(folder.resolve("copies"), "no folder");

        assertThatThrownBy(() -> batched(model))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("quipu.engine.weights=stored");
    }

    private EngineOptions batched(Path model) {
        return BatchedWeights.of(
                EngineOptions.builder(model).weights(Weights.BATCHED).build(), folder.resolve("copies"));
    }

    private List<Path> copies() throws IOException {
        Path copies = folder.resolve("copies");
        if (!Files.exists(copies)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(copies)) {
            return all.toList();
        }
    }

    private Path slow() throws Exception {
        QuantizeRequest request =
                QuantizeRequest.of(TinyFiles.random(folder), folder.resolve("slow.gguf"), Quantization.Q5_K_M);
        try (QuantizeJob job = QuantizeJob.start(request, share -> {})) {
            return job.await().file();
        }
    }
}
