package dev.quipu.llama;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.ToolChoice;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import java.util.List;
import java.util.function.Function;

/** Those of LangChain4j's checks that ask for more wit than a tiny model has, with what it does have. */
final class SmallModel {
    private static final UserMessage WEATHER = UserMessage.from("What is the weather in Munich?");
    private static final ToolSpecification GET_WEATHER = ToolSpecification.builder()
            .name("getWeather")
            .parameters(JsonObjectSchema.builder().addStringProperty("city").build())
            .build();
    private static final ToolSpecification GET_TIME =
            ToolSpecification.builder().name("get_current_time").build();

    private SmallModel() {}

    static void answersInGermanWhenTold(Function<ChatRequest, ChatResponse> chat) {
        ChatResponse response = chat.apply(ChatRequest.builder()
                .messages(
                        SystemMessage.from("Translate messages from user into German"),
                        UserMessage.from("Translate: 'I love you'"))
                .build());

        assertThat(response.aiMessage().text()).contains("Ich ");
    }

    static void seesEarlierMessages(Function<ChatRequest, ChatResponse> chat) {
        UserMessage last = UserMessage.from("What is my favorite color?");
        ChatResponse alone = chat.apply(
                ChatRequest.builder().messages(last).maxOutputTokens(1).build());

        ChatResponse response = chat.apply(ChatRequest.builder()
                .messages(UserMessage.from("Hi, my favorite color is green"), AiMessage.from("Nice to meet you"), last)
                .maxOutputTokens(1)
                .build());

        assertThat(response.tokenUsage().inputTokenCount())
                .isGreaterThan(alone.tokenUsage().inputTokenCount() + 10);
    }

    static void callsAToolThatItHasToThenAnswers(Function<ChatRequest, ChatResponse> chat) {
        ChatResponse call = chat.apply(required(WEATHER, List.of(GET_WEATHER)));

        ToolExecutionRequest request = onlyCall(call);
        assertThat(request.name()).isEqualTo("getWeather");
        assertThat(request.arguments()).isEqualToIgnoringWhitespace("{\"city\":\"Munich\"}");

        ChatResponse answer = chat.apply(ChatRequest.builder()
                .messages(WEATHER, call.aiMessage(), ToolExecutionResultMessage.from(request, "sunny"))
                .toolSpecifications(GET_WEATHER)
                .toolChoice(ToolChoice.NONE)
                .build());

        assertThat(answer.aiMessage().text()).isNotBlank();
        assertThat(answer.aiMessage().hasToolExecutionRequests()).isFalse();
    }

    static void callsAToolWithoutArguments(Function<ChatRequest, ChatResponse> chat) {
        ChatResponse call = chat.apply(required(UserMessage.from("What is the time now?"), List.of(GET_TIME)));

        assertThat(onlyCall(call).name()).isEqualTo("get_current_time");
        assertThat(onlyCall(call).arguments()).isEqualTo("{}");
    }

    static void callsOneOfSeveralTools(Function<ChatRequest, ChatResponse> chat) {
        ChatResponse call = chat.apply(required(WEATHER, List.of(GET_TIME, GET_WEATHER)));

        assertThat(onlyCall(call).name()).isIn("getWeather", "get_current_time");
    }

    static void callsAToolOrAnswersBySchema(Function<ChatRequest, ChatResponse> chat) {
        ChatResponse response = chat.apply(ChatRequest.builder()
                .messages(WEATHER)
                .toolSpecifications(GET_WEATHER)
                .responseFormat(ResponseFormat.builder()
                        .type(ResponseFormatType.JSON)
                        .jsonSchema(JsonSchema.builder()
                                .name("weather")
                                .rootElement(JsonObjectSchema.builder()
                                        .addEnumProperty("weather", List.of("sunny", "rainy"))
                                        .required("weather")
                                        .build())
                                .build())
                        .build())
                .build());

        if (response.aiMessage().hasToolExecutionRequests()) {
            assertThat(onlyCall(response).name()).isEqualTo("getWeather");
        } else {
            assertThat(response.aiMessage().text()).matches("\\{\\s*\"weather\"\\s*:\\s*\"(sunny|rainy)\"\\s*}");
        }
    }

    private static ChatRequest required(UserMessage message, List<ToolSpecification> tools) {
        return ChatRequest.builder()
                .messages(message)
                .toolSpecifications(tools)
                .toolChoice(ToolChoice.REQUIRED)
                .build();
    }

    private static ToolExecutionRequest onlyCall(ChatResponse response) {
        assertThat(response.finishReason()).isEqualTo(FinishReason.TOOL_EXECUTION);
        assertThat(response.aiMessage().toolExecutionRequests()).hasSize(1);
        ToolExecutionRequest request =
                response.aiMessage().toolExecutionRequests().getFirst();
        assertThat(request.id()).isNotBlank();
        return request;
    }
}
