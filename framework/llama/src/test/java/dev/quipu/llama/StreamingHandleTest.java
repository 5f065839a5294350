package dev.quipu.llama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class StreamingHandleTest {
    @Test
    void aCancelledStreamIsSilentAndDecodesNoMore() {
        Cancelling handler = new Cancelling();
        ChatRequest story = ChatRequest.builder()
                .messages(UserMessage.from("Tell me a long story about animals"))
                .maxOutputTokens(400)
                .build();
        long before = ChatModels.engine().counters().outputTokens();

        ChatModels.greedy().chat(story, handler);
        handler.cancelled.join();
        ChatModels.greedy().chat("Say hello");

        // The other request ran its course beside it; a story of 400 tokens did not.
        assertThat(ChatModels.engine().counters().outputTokens() - before).isLessThan(200);
        assertThat(handler.pieces).hasValue(3);
        assertThat(handler.ended).isNotDone();
    }

    @Test
    void aPromptThatDoesNotFitIsATypedError() {
        ChatRequest request = ChatRequest.builder()
                .messages(UserMessage.from("word ".repeat(6000)))
                .build();

        assertThatThrownBy(() -> ChatModels.greedy().chat(request))
                .isInstanceOfSatisfying(
                        EngineException.class, e -> assertThat(e.code()).isEqualTo(EngineError.PROMPT_TOO_LONG));
    }

    @Test
    void listenersAndDefaultsKeepTheSamplingThatWasChosen() {
        LlamaChatModel model = ChatModels.greedy()
                .withListeners(java.util.List.of())
                .withDefaults(ChatRequestParameters.builder().maxOutputTokens(8).build());

        String first = model.chat("Tell me something");

        assertThat(model.chat("Tell me something")).isEqualTo(first);
    }

    private static final class Cancelling implements StreamingChatResponseHandler {
        private final AtomicInteger pieces = new AtomicInteger();
        private final CompletableFuture<Boolean> cancelled = new CompletableFuture<>();
        private final CompletableFuture<ChatResponse> ended = new CompletableFuture<>();

        @Override
        public void onPartialResponse(PartialResponse piece, PartialResponseContext context) {
            if (pieces.incrementAndGet() == 3) {
                context.streamingHandle().cancel();
                cancelled.complete(true);
            }
        }

        @Override
        public void onCompleteResponse(ChatResponse response) {
            ended.complete(response);
        }

        @Override
        public void onError(Throwable error) {
            ended.completeExceptionally(error);
        }
    }
}
