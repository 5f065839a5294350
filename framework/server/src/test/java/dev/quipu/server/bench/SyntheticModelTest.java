package dev.quipu.server.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quipu.llama.Engine;
import dev.quipu.llama.EngineOptions;
import dev.quipu.llama.Generation;
import dev.quipu.llama.GenerationRequest;
import dev.quipu.llama.gguf.TensorType;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SyntheticModelTest {
    @TempDir
    private Path folder;

    @Test
    void writesAModelThatTheEngineRuns() throws Exception {
        Path file = folder.resolve("tiny.gguf");
        SyntheticModel.write(Objects.requireNonNull(Geometry.NAMED.get("tiny")), TensorType.Q8_0, file);

        try (Engine engine = Engine.load(
                        EngineOptions.builder(file).threads(1).contextSize(256).build());
                Generation generation =
                        engine.generate(GenerationRequest.of("the of and").withMaxTokens(4))) {
            assertThat(generation.await().promptTokens()).isPositive();
            assertThat(engine.model().vocabulary()).isEqualTo(1024);
        }
    }
}
