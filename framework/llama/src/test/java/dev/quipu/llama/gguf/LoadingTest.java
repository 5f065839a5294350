package dev.quipu.llama.gguf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.quipu.llama.Engine;
import dev.quipu.llama.EngineError;
import dev.quipu.llama.EngineException;
import dev.quipu.llama.EngineOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoadingTest {
    @TempDir
    Path folder;

    @Test
    void refusesADamagedModelBeforeAProviderIsLookedFor() throws IOException {
        GgufBytes model = TinyModel.of("llama", false);
        model.array("tokenizer.ggml.tokens")
                .set(5, model.array("tokenizer.ggml.tokens").get(6));
        Path file = Files.write(folder.resolve("damaged.gguf"), model.build());

        System.setProperty("quipu.engine.provider", "none");
        try {
            assertThatExceptionOfType(EngineException.class)
                    .isThrownBy(() -> Engine.load(EngineOptions.builder(file).build()))
                    .withMessageStartingWith(
                            "QP-ENGINE-004 " + file + " is not loaded: QP-GGUF-007 The tokens 5 and 6");
        } finally {
            System.clearProperty("quipu.engine.provider");
        }
    }

    @Test
    void refusesMoreSequencesThanAPassHasTokens() throws IOException {
        Path file = Files.write(
                folder.resolve("tiny.gguf"), TinyModel.of("llama", false).build());
        EngineOptions options =
                EngineOptions.builder(file).sequences(65).batchSize(512).build();

        assertThatExceptionOfType(EngineException.class)
                .isThrownBy(() -> Engine.load(options))
                .withMessageContaining("65 sequences do not fit into one pass of 64 tokens")
                .satisfies(e -> assertThat(e.code()).isEqualTo(EngineError.OPTION));
    }
}
