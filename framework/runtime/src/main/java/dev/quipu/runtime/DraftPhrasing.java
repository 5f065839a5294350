package dev.quipu.runtime;

import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.output.FinishReason;
import dev.quipu.Fact;
import dev.quipu.Intent;
import dev.quipu.Language;
import dev.quipu.QuipuException;
import dev.quipu.Retrieval;
import dev.quipu.Wording;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * Has a model phrase an answer from facts alone.
 *
 * <p>The customer's text is not in the prompt: what is asked comes from the description of the chosen reading. Nothing
 * that a customer writes can therefore instruct this model.
 */
final class DraftPhrasing {
    /** More text than this makes a small model slow and forgetful; the template's sentences then are the answer. */
    private static final int MAX_FACT_CHARS = 6000;

    private final StreamingChatModel model;
    private final int maxTokens;

    DraftPhrasing(StreamingChatModel model, int maxTokens) {
        this.model = model;
        this.maxTokens = maxTokens;
    }

    /** Whether the facts are short enough for the model. */
    static boolean fits(Retrieval retrieval) {
        return retrieval.facts().stream().mapToInt(fact -> fact.text().length()).sum() <= MAX_FACT_CHARS;
    }

    /**
     * The model's words; blocks until they are complete.
     *
     * @throws QuipuException if the model fails, stops early, or says nothing
     */
    String phrase(Intent intent, Language language, Wording wording, Retrieval retrieval, AnswerRelay relay)
            throws InterruptedException {
        Drafting drafting = new Drafting(relay);
        model.chat(request(intent, language, wording, retrieval), drafting);
        try {
            return text(drafting.response.get());
        } catch (ExecutionException e) {
            throw new QuipuException(
                    RuntimeError.PHRASING, "The model failed while it phrased an answer. See the cause.", e.getCause());
        }
    }

    private static String text(ChatResponse response) {
        String text = response.aiMessage().text();
        if (text == null || text.isBlank()) {
            throw new QuipuException(
                    RuntimeError.PHRASING, "The model phrased an answer of 0 characters. Use another.");
        }
        FinishReason reason = response.finishReason();
        if (reason == FinishReason.LENGTH) {
            throw new QuipuException(
                    RuntimeError.PHRASING,
                    "The model's answer was cut off after " + text.length()
                            + " characters. Raise quipu.runtime.max-phrase-tokens.");
        }
        return text.strip();
    }

    private ChatRequest request(Intent intent, Language language, Wording wording, Retrieval retrieval) {
        StringBuilder prompt =
                new StringBuilder("Asked: ").append(intent.description()).append("\nFacts:\n");
        int number = 1;
        for (Fact fact : retrieval.facts()) {
            prompt.append(number++).append(". ").append(fact.text()).append('\n');
        }
        prompt.append("Draft: ").append(wording.text());
        return ChatRequest.builder()
                .messages(SystemMessage.from(task(language)), UserMessage.from(prompt.toString()))
                .temperature(0.0)
                .maxOutputTokens(maxTokens)
                .build();
    }

    private static String task(Language language) {
        return "You write to a customer. Rewrite the draft as a short, friendly answer in "
                + switch (language) {
                    case ENGLISH -> "English";
                    case CHINESE -> "Chinese";
                }
                + ". Use only the facts. Keep every number, id and name exactly as it is. Write the answer only.";
    }

    /** Passes pieces on, and ends the model's work when nobody waits for it any more. */
    private static final class Drafting implements StreamingChatResponseHandler {
        private final AnswerRelay relay;
        private final CompletableFuture<ChatResponse> response = new CompletableFuture<>();

        Drafting(AnswerRelay relay) {
            this.relay = relay;
        }

        @Override
        public void onPartialResponse(PartialResponse piece, PartialResponseContext context) {
            if (!relay.draft(piece.text())) {
                context.streamingHandle().cancel();
                // A cancelled model says nothing more, not even that it ended.
                response.completeExceptionally(new QuipuException(
                        RuntimeError.PHRASING, "Nobody waits for the model's words any more. Ask again."));
            }
        }

        @Override
        public void onPartialResponse(String piece) {
            relay.draft(piece);
        }

        @Override
        public void onCompleteResponse(ChatResponse complete) {
            response.complete(complete);
        }

        @Override
        public void onError(Throwable error) {
            response.completeExceptionally(error);
        }
    }
}
