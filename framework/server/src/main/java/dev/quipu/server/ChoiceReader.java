package dev.quipu.server;

import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.quipu.llama.TokenLikelihood;
import java.util.List;
import java.util.Optional;

/** Reads one answer of the model into the choices of a request. Ends the generation when nobody reads any more. */
final class ChoiceReader implements StreamingChatResponseHandler {
    private final int index;
    private final Choices choices;
    private final WatchedEngine engine;
    private final boolean reported;

    ChoiceReader(int index, Choices choices, WatchedEngine engine, boolean reported) {
        this.index = index;
        this.choices = choices;
        this.engine = engine;
        this.reported = reported;
    }

    private Optional<List<TokenLikelihood>> likelihoods() {
        return reported ? Optional.of(engine.likelihoods()) : Optional.empty();
    }

    @Override
    public void onPartialResponse(PartialResponse piece, PartialResponseContext context) {
        try {
            if (!choices.take(index, piece.text(), likelihoods())) {
                context.streamingHandle().cancel();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            context.streamingHandle().cancel();
        }
    }

    @Override
    public void onCompleteResponse(ChatResponse response) {
        choices.complete(index, response, likelihoods());
    }

    @Override
    public void onError(Throwable error) {
        choices.fail(error);
    }
}
