package dev.quipu.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.ModelNotFoundException;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import dev.langchain4j.model.output.FinishReason;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The API as LangChain4j's client for OpenAI uses it, which knows nothing of Quipu. */
@ExtendWith(ShopExtension.class)
class OpenAiClientTest {
    private final ShopServer shop;

    OpenAiClientTest(ShopServer shop) {
        this.shop = shop;
    }

    @Test
    void answersFromTheGraph() {
        ChatResponse response = whole("quipu").chat(UserMessage.from("Where is my order A50002?"));

        assertThat(response.aiMessage().text()).contains("A50002").contains("delivered");
        assertThat(response.finishReason()).isEqualTo(FinishReason.STOP);
        assertThat(response.tokenUsage().inputTokenCount()).isPositive();
        assertThat(response.tokenUsage().outputTokenCount()).isPositive();
    }

    @Test
    void streamsTheAnswerFromTheGraph() {
        Streamed streamed = new Streamed();

        streaming("quipu").chat("订单 A50001 现在是什么状态？", streamed);
        ChatResponse response = streamed.complete.join();

        assertThat(response.aiMessage().text()).contains("A50001");
        assertThat(String.join("", streamed.pieces))
                .isEqualTo(response.aiMessage().text());
        assertThat(response.finishReason()).isEqualTo(FinishReason.STOP);
        assertThat(response.tokenUsage().outputTokenCount()).isPositive();
    }

    @Test
    void goesOnWithTheConversationThatTheClientSendsBack() {
        ChatModel model = whole("quipu");
        UserMessage first = UserMessage.from("Where is my order A50002?");
        AiMessage answer = model.chat(first).aiMessage();

        ChatResponse second = model.chat(List.of(first, answer, UserMessage.from("Which items are in it?")));

        assertThat(second.aiMessage().text()).contains("A50002");
    }

    @Test
    void givesTheBareModelToThoseWhoAskForIt() {
        ChatRequest request = ChatRequest.builder()
                .messages(UserMessage.from("Say hello."))
                .maxOutputTokens(8)
                .temperature(0.0)
                .build();

        ChatResponse response = whole(ShopServer.MODEL).chat(request);

        assertThat(response.aiMessage().text()).isNotBlank();
        assertThat(response.tokenUsage().inputTokenCount()).isPositive();
        assertThat(response.tokenUsage().outputTokenCount()).isBetween(1, 8);
    }

    @Test
    void saysThatTheBareModelStoppedAtItsLimit() {
        Streamed streamed = new Streamed();
        ChatRequest request = ChatRequest.builder()
                .messages(UserMessage.from("Tell a long story about a fox."))
                .maxOutputTokens(4)
                .build();

        streaming(ShopServer.MODEL).chat(request, streamed);
        ChatResponse response = streamed.complete.join();

        assertThat(response.finishReason()).isEqualTo(FinishReason.LENGTH);
        assertThat(String.join("", streamed.pieces))
                .isEqualTo(response.aiMessage().text());
        assertThat(response.tokenUsage().outputTokenCount()).isEqualTo(4);
    }

    @Test
    void tellsTheClientThatAModelIsUnknown() {
        assertThatThrownBy(() -> whole("gpt-17").chat("hello"))
                .isInstanceOf(ModelNotFoundException.class)
                .hasMessageContaining("QP-SERVER-007");
    }

    @Test
    void tellsTheClientThatAQuestionIsTooLong() {
        assertThatThrownBy(() -> whole("quipu").chat("x".repeat(100_000)))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("QP-API-002");
    }

    private ChatModel whole(String model) {
        return OpenAiChatModel.builder()
                .baseUrl(shop.first().url() + "/v1")
                .apiKey("none")
                .modelName(model)
                .maxRetries(0)
                .build();
    }

    private StreamingChatModel streaming(String model) {
        return OpenAiStreamingChatModel.builder()
                .baseUrl(shop.first().url() + "/v1")
                .apiKey("none")
                .modelName(model)
                .build();
    }

    private static final class Streamed implements StreamingChatResponseHandler {
        private final List<String> pieces = new ArrayList<>();
        private final CompletableFuture<ChatResponse> complete = new CompletableFuture<>();

        @Override
        public void onPartialResponse(String piece) {
            pieces.add(piece);
        }

        @Override
        public void onCompleteResponse(ChatResponse response) {
            complete.complete(response);
        }

        @Override
        public void onError(Throwable error) {
            complete.completeExceptionally(error);
        }
    }
}
