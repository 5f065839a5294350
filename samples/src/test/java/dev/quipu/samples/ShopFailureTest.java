package dev.quipu.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quipu.Answer;
import dev.quipu.llama.Engine;
import dev.quipu.llama.EngineException;
import dev.quipu.llama.EngineOptions;
import dev.quipu.llama.catalog.ModelStore;
import dev.quipu.llama.catalog.PullListener;
import dev.quipu.runtime.InMemoryConversationLog;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Takes parts away from under the assistant. */
class ShopFailureTest {
    @Test
    void saysSoWhenTheGraphStopsInMidConversation(@TempDir Path work) {
        try (Shop shop = new Shop(work, new InMemoryConversationLog())) {
            shop.ask(Shop.CUSTOMER, "Where is my order A50002?");
            shop.stopGraph();

            Answer answer = shop.ask(Shop.CUSTOMER, "Where is my order A50001?");

            assertThat(answer.path()).isEqualTo(Answer.Path.REFUSAL);
            assertThat(answer.text()).contains("cannot reach our records");
            assertThat(shop.assistant().metrics().degraded()).isEqualTo(1);
        }
    }

    @Test
    void refusesATruncatedModel(@TempDir Path work) throws IOException {
        Path whole = ModelStore.standard().pull("smollm2-135m", PullListener.NONE);
        Path half = work.resolve("half.gguf");
        Files.copy(whole, half);
        try (FileChannel file = FileChannel.open(half, StandardOpenOption.WRITE)) {
            file.truncate(Files.size(whole) / 2);
        }

        assertThatThrownBy(() -> Engine.load(EngineOptions.builder(half).build()))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("QP-ENGINE-004");
    }
}
