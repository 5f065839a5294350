package dev.quipu.server;

import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.TokenUsage;
import dev.quipu.llama.TokenLikelihood;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Answers that are sent together, in one body. */
final class WholeChoices extends Choices {
    private final OpenAiReply reply;
    private final OpenAiChoice[] finished;
    private final Map<Integer, List<TokenLikelihood>> told = new HashMap<>();

    WholeChoices(EventStream events, ModelMeter meter, OpenAiReply reply, int count) {
        super(events, meter, count);
        this.reply = reply;
        this.finished = new OpenAiChoice[count];
    }

    @Override
    boolean take(int index, String piece, Optional<List<TokenLikelihood>> likelihoods) {
        likelihoods.ifPresent(some -> keep(index, some));
        return wanted();
    }

    private synchronized void keep(int index, List<TokenLikelihood> some) {
        told.computeIfAbsent(index, i -> new ArrayList<>()).addAll(some);
    }

    @Override
    void finish(int index, ChatResponse response, Optional<List<TokenLikelihood>> likelihoods) {
        likelihoods.ifPresent(some -> keep(index, some));
        finished[index] = new OpenAiChoice(
                index,
                text(response),
                response.aiMessage().toolExecutionRequests(),
                reason(response),
                likelihoods.map(some -> told.getOrDefault(index, List.of())));
    }

    @Override
    void end(TokenUsage total) {
        events.respond(reply.whole(List.of(finished), total).toString());
    }
}
