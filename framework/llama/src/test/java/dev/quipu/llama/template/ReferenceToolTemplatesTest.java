package dev.quipu.llama.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Renders the templates of many models with a tool on offer, and with a call and its result, and compares with the prompts
 * that llama-server makes of them.
 *
 * <p>{@code quipu.test.templates} names a folder of {@code *.jinja}, such as {@code models/templates} of llama.cpp; {@code
 * quipu.test.template-tool-references} what {@code samples/benchmarks/templates/references.py} wrote on the same day.
 */
@Tag("long")
class ReferenceToolTemplatesTest {
    private static final ToolSpecification TOOL = ToolSpecification.builder()
            .name("getWeather")
            .description("Tells the weather of a city.")
            .parameters(JsonObjectSchema.builder()
                    .addStringProperty("city", "The city.")
                    .required("city")
                    .build())
            .build();
    private static final ToolExecutionRequest CALL = ToolExecutionRequest.builder()
            .id("call00001")
            .name("getWeather")
            .arguments("{\"city\": \"Munich\"}")
            .build();
    /** Into their conversations llama-server writes results as a part of the assistant's message, by code of its own. */
    private static final Set<String> REWRITTEN = Set.of("google-gemma-4-31B-it-interleaved.jinja");

    private static final List<ChatMessage> ASKED = List.of(UserMessage.from("What is the weather in Munich?"));
    private static final List<ChatMessage> ANSWERED =
            List.of(ASKED.getFirst(), AiMessage.from(CALL), ToolExecutionResultMessage.from(CALL, "sunny"));

    static List<Path> templates() throws IOException {
        try (Stream<Path> files = Files.list(folder("quipu.test.templates"))) {
            return files.filter(file -> file.toString().endsWith(".jinja"))
                    .sorted()
                    .toList();
        }
    }

    private static Path folder(String property) {
        return Path.of(Objects.requireNonNull(System.getProperty(property), property + " is not set"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("templates")
    void offersAToolAsLlamaServerDoes(Path template) throws IOException {
        compare(template, "tools", ASKED);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("templates")
    void tellsACallAndItsResultAsLlamaServerDoes(Path template) throws IOException {
        compare(template, "call", ANSWERED);
    }

    private static void compare(Path template, String kind, List<ChatMessage> messages) throws IOException {
        String name = String.valueOf(template.getFileName());
        assumeTrue(kind.equals("tools") || !REWRITTEN.contains(name), "llama-server rewrites the conversation");
        Path reference = folder("quipu.test.template-tool-references").resolve(name + "." + kind + ".txt");
        assumeTrue(Files.exists(reference), "llama-server cannot render this");
        Clock day = Clock.fixed(Files.getLastModifiedTime(reference).toInstant(), ZoneOffset.UTC);
        ChatTemplate parsed = ChatTemplate.parse(Files.readString(template));
        assumeTrue(parsed.supportsTools(), "has no place for tools, which are told in words");
        // llama-server turns thinking off where it does not know how a model marks it.
        List<String> prompts = Stream.of(true, false)
                .map(thinking -> parsed.render(ChatTemplate.Input.builder()
                        .messages(messages)
                        .tools(List.of(TOOL))
                        .bosToken("<|im_start|>")
                        .eosToken("<|im_end|>")
                        .extras(Map.of("enable_thinking", thinking))
                        .clock(day)
                        .build()))
                .toList();

        assertThat(prompts).contains(Files.readString(reference));
    }
}
