package dev.quipu.kg.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.quipu.kg.GraphException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ModelNamesTest {
    private static final Passage PASSAGE = PassageSplitter.split(Document.of("kit", "Kit", "It has a gas stove."))
            .getFirst();

    private final List<ChatRequest> asked = new ArrayList<>();

    private ChatModel answering(String text) {
        return new ChatModel() {
            @Override
            public ChatResponse doChat(ChatRequest request) {
                asked.add(request);
                return ChatResponse.builder().aiMessage(AiMessage.from(text)).build();
            }
        };
    }

    @Test
    void asksForJsonAndReadsTheNames() {
        NameReader reader = NameReader.of(answering("{\"names\": [\"gas stove \", \"Kit\"]}"));

        assertThat(reader.names(PASSAGE)).containsExactly("gas stove", "Kit");
        assertThat(asked.getFirst().responseFormat().type()).isEqualTo(ResponseFormatType.JSON);
    }

    @Test
    void saysWhereAnAnswerIsNoJson() {
        NameReader reader = NameReader.of(answering("Sure! The names are"));

        assertThatThrownBy(() -> reader.names(PASSAGE))
                .isInstanceOf(GraphException.class)
                .hasMessageContaining("no JSON");
    }
}
