package dev.quipu.llama;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import java.util.List;
import org.junit.jupiter.api.Test;

class RepeatedCallsTest {
    private static final UserMessage QUESTION = UserMessage.from("What is the weather in Munich?");

    private static ToolExecutionRequest weather(String arguments) {
        return ToolExecutionRequest.builder()
                .id("call-1")
                .name("weather")
                .arguments(arguments)
                .build();
    }

    private static final List<ChatMessage> ANSWERED = List.of(
            QUESTION,
            AiMessage.from(weather("{\"city\":\"Munich\"}")),
            ToolExecutionResultMessage.from(weather("{\"city\":\"Munich\"}"), "sunny"));

    @Test
    void knowsACallWithTheSameArgumentsWhateverTheirLayout() {
        assertThat(RepeatedCalls.allAnswered(ANSWERED, List.of(weather("{ \"city\": \"Munich\" }"))))
                .isTrue();
    }

    @Test
    void letsNewCallsThroughWithWhateverIsRepeatedBesideThem() {
        ToolExecutionRequest other = weather("{\"city\":\"Berlin\"}");

        assertThat(RepeatedCalls.allAnswered(ANSWERED, List.of(other))).isFalse();
        assertThat(RepeatedCalls.allAnswered(ANSWERED, List.of(weather("{\"city\":\"Munich\"}"), other)))
                .isFalse();
        assertThat(RepeatedCalls.allAnswered(ANSWERED, List.of())).isFalse();
    }

    @Test
    void letsACallThroughThatHasNoResult() {
        List<ChatMessage> unanswered = ANSWERED.subList(0, 2);

        assertThat(RepeatedCalls.allAnswered(unanswered, List.of(weather("{\"city\":\"Munich\"}"))))
                .isFalse();
    }

    @Test
    void letsTheSameCallThroughOnceTheUserHasSpokenAgain() {
        List<ChatMessage> later =
                List.of(ANSWERED.get(0), ANSWERED.get(1), ANSWERED.get(2), AiMessage.from("It is sunny."), QUESTION);

        assertThat(RepeatedCalls.allAnswered(later, List.of(weather("{\"city\":\"Munich\"}"))))
                .isFalse();
    }
}
