package dev.quipu.llama.gguf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quipu.llama.Device;
import dev.quipu.llama.Engine;
import dev.quipu.llama.EngineOptions;
import dev.quipu.llama.Generation;
import dev.quipu.llama.GenerationRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Needs a GPU, or Vulkan in software; docs/gpu.md has the command. */
@Tag("gpu")
class GpuLoadingTest {
    @TempDir
    Path folder;

    @Test
    void listsAGpuWithItsMemory() {
        assertThat(Device.all())
                .filteredOn(device -> device.kind().gpu())
                .isNotEmpty()
                .allSatisfy(device -> assertThat(device.freeBytes()).isBetween(1L, device.totalBytes()));
    }

    @Test
    void drawsTheSameTokenOnTheGpuAsOnTheCpu() throws Exception {
        Path model = folder.resolve("tiny.gguf");
        Files.write(model, TinyModel.of("llama", true).build());

        String gpu = firstToken(model, EngineOptions.AUTOMATIC);
        String cpu = firstToken(model, 0);

        assertThat(gpu).isEqualTo(cpu);
    }

    private static String firstToken(Path model, int layers) throws InterruptedException {
        try (Engine engine = Engine.load(
                        EngineOptions.builder(model).gpuLayers(layers).build());
                Generation generation =
                        engine.generate(GenerationRequest.of("hello").withMaxTokens(1))) {
            return generation.await().text();
        }
    }
}
