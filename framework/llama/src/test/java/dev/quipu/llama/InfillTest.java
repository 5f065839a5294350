package dev.quipu.llama;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quipu.llama.catalog.ModelStore;
import dev.quipu.llama.catalog.PullListener;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Filling in, by a model that was trained to. */
@Tag("long")
class InfillTest {
    @Test
    void writesWhatStandsBetweenTwoTexts() throws Exception {
        try (Engine engine =
                Engine.load(EngineOptions.builder(ModelStore.standard().pull("qwen2.5-coder-0.5b", PullListener.NONE))
                        .contextSize(512)
                        .build())) {
            String prompt = engine.infillPrompt("def add(a, b):\n    return ", "\n\nassert add(1, 2) == 3\n");

            String middle = engine.generate(GenerationRequest.of(prompt).withMaxTokens(16))
                    .await()
                    .text();

            assertThat(engine.infills()).isTrue();
            assertThat(middle.strip()).startsWith("a + b");
        }
    }
}
