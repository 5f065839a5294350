package dev.quipu.llama.template;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.UserMessage;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The templates of the catalogue's models, as they stand in their files, beside what Python's Jinja makes of them. */
class CatalogueTemplatesTest {
    static final List<String> MODELS = SampleTemplates.MODELS;

    @ParameterizedTest
    @FieldSource("MODELS")
    void rendersAConversation(String model) throws IOException {
        ChatTemplate.Input input = ChatTemplate.Input.builder()
                .messages(List.of(
                        UserMessage.from("What is 2+2?"), AiMessage.from("It is 4."), UserMessage.from("And 3+3?")))
                .build();

        String prompt = ChatTemplate.parse(SampleTemplates.ofModel(model)).render(input);

        assertThat(prompt).isEqualTo(SampleTemplates.resource(model + ".plain.txt"));
    }

    @ParameterizedTest
    @FieldSource("MODELS")
    void rendersToolsCallsAndResults(String model) throws IOException {
        ChatTemplate template = ChatTemplate.parse(SampleTemplates.ofModel(model));

        String prompt = template.render(SampleTemplates.CONVERSATION);

        assertThat(prompt).isEqualTo(SampleTemplates.resource(model + ".tools.txt"));
    }
}
