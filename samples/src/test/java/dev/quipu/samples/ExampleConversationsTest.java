package dev.quipu.samples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.quipu.Identity;
import dev.quipu.runtime.InMemoryConversationLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Plays the example conversations of the sample shop. */
@TestInstance(Lifecycle.PER_CLASS)
class ExampleConversationsTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Shop shop;

    @BeforeAll
    void open(@TempDir Path work) {
        shop = new Shop(work, new InMemoryConversationLog());
    }

    @AfterAll
    void close() {
        shop.close();
    }

    static Stream<JsonNode> conversations() throws IOException {
        return Files.readAllLines(Shop.SUITE.resolve("conversations.jsonl")).stream()
                .map(ExampleConversationsTest::parse);
    }

    private static JsonNode parse(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("conversations")
    void goesAsWritten(JsonNode conversation) {
        String customer = conversation.get("customer").asText();
        Identity who = customer.isEmpty() ? new Identity.Anonymous("shop") : new Identity.Customer("shop", customer);
        for (JsonNode turn : conversation.get("turns")) {
            String said = turn.get("say").asText();

            String answer = shop.assistant()
                    .ask(conversation.get("id").asText(), who, said)
                    .await()
                    .text();

            turn.path("expect").forEach(e -> assertThat(answer).as(said).contains(e.asText()));
            turn.path("not").forEach(e -> assertThat(answer).as(said).doesNotContain(e.asText()));
        }
    }
}
