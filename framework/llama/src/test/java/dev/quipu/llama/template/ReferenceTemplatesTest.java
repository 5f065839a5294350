package dev.quipu.llama.template;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.UserMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Renders the templates of many models and compares with the prompts that llama.cpp makes of them.
 *
 * <p>The templates belong to others and are not kept here. {@code quipu.test.templates} names a folder of {@code
 * *.jinja}, such as {@code models/templates} of llama.cpp; {@code quipu.test.template-references} one of {@code
 * *.jinja.txt}.
 */
@Tag("long")
class ReferenceTemplatesTest {
    /** The day on which the references were made; some templates print it. */
    private static final Clock DAY = Clock.fixed(Instant.parse("2026-11-23T12:00:00Z"), ZoneOffset.UTC);

    private static final List<ChatMessage> MESSAGES =
            List.of(UserMessage.from("What is 2+2?"), AiMessage.from("It is 4."), UserMessage.from("And 3+3?"));

    static List<Path> templates() throws IOException {
        try (Stream<Path> files = Files.list(folder("quipu.test.templates"))) {
            List<Path> templates = files.filter(file -> file.toString().endsWith(".jinja"))
                    .sorted()
                    .toList();
            assertThat(templates).isNotEmpty();
            return templates;
        }
    }

    private static Path folder(String property) {
        return Path.of(Objects.requireNonNull(System.getProperty(property), property + " is not set"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("templates")
    void rendersAsLlamaCppDoes(Path template) throws IOException {
        Path name = Objects.requireNonNull(template.getFileName());
        String reference =
                Files.readString(folder("quipu.test.template-references").resolve(name + ".txt"));
        ChatTemplate.Input input = ChatTemplate.Input.builder()
                .messages(MESSAGES)
                .bosToken("<s>")
                .eosToken("</s>")
                .clock(DAY)
                .build();

        String prompt = ChatTemplate.parse(Files.readString(template)).render(input);

        assertThat(withoutBos(prompt)).isEqualTo(withoutBos(reference));
    }

    private static String withoutBos(String prompt) {
        return prompt.startsWith("<s>") ? prompt.substring(3) : prompt;
    }
}
