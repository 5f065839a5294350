package dev.quipu.runtime;

import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.quipu.Fact;
import dev.quipu.Language;
import dev.quipu.Question;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Lets a model word an answer from facts alone. What comes out is a draft that still has to be checked. */
final class Phraser {
    private static final int MAX_TOKENS = 120;

    private final StreamingChatModel model;
    private final Duration limit;

    Phraser(StreamingChatModel model, Duration limit) {
        this.model = model;
        this.limit = limit;
    }

    /** The draft; empty when the model failed or took too long, with the reason in {@code failure}. */
    record Draft(Optional<String> text, String failure) {}

    Draft phrase(Question question, List<Fact> facts, AnswerListener listener) throws InterruptedException {
        CompletableFuture<String> whole = new CompletableFuture<>();
        model.chat(request(question, facts), new StreamingChatResponseHandler() {
            @Override
            public void onPartialResponse(PartialResponse chunk, PartialResponseContext context) {
                if (whole.isDone()) {
                    // Nobody waits any more: the model must not go on for nothing.
                    context.streamingHandle().cancel();
                } else {
                    listener.onDraft(chunk.text());
                }
            }

            @Override
            public void onCompleteResponse(ChatResponse response) {
                whole.complete(response.aiMessage().text());
            }

            @Override
            public void onError(Throwable error) {
                whole.completeExceptionally(error);
            }
        });
        try {
            return new Draft(
                    Optional.of(
                            whole.get(limit.toMillis(), TimeUnit.MILLISECONDS).strip()),
                    "");
        } catch (ExecutionException e) {
            return new Draft(Optional.empty(), "the model failed: " + e.getCause());
        } catch (TimeoutException e) {
            whole.cancel(true);
            return new Draft(Optional.empty(), "the model took longer than " + limit.toMillis() + " ms");
        }
    }

    private static ChatRequest request(Question question, List<Fact> facts) {
        boolean chinese = question.language() == Language.CHINESE;
        StringBuilder prompt = new StringBuilder(chinese ? "资料：\n" : "Facts:\n");
        facts.forEach(f -> prompt.append("- ").append(f.text()).append('\n'));
        prompt.append(chinese ? "问题：" : "Question: ").append(question.text());
        String system = chinese
                ? "你是商店客服。只用给出的资料，用一两句话回答。不要添加资料里没有的内容。"
                : "You are a shop assistant. Answer in one or two sentences, only from the facts. Add nothing.";
        return ChatRequest.builder()
                .messages(SystemMessage.from(system), UserMessage.from(prompt.toString()))
                .temperature(0.0)
                .maxOutputTokens(MAX_TOKENS)
                .build();
    }
}
