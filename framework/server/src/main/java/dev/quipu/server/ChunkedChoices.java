package dev.quipu.server;

import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.TokenUsage;
import dev.quipu.llama.TokenLikelihood;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Answers that are sent in chunks as they come. */
final class ChunkedChoices extends Choices {
    private final OpenAiReply reply;
    private final boolean usage;
    private final Set<Integer> opened = new HashSet<>();

    ChunkedChoices(EventStream events, ModelMeter meter, OpenAiReply reply, int count, boolean usage) {
        super(events, meter, count);
        this.reply = reply;
        this.usage = usage;
    }

    @Override
    boolean take(int index, String piece, Optional<List<TokenLikelihood>> likelihoods) throws InterruptedException {
        open(index);
        return wanted() && events.sendWhenRead("", reply.piece(index, piece, likelihoods));
    }

    private synchronized void open(int index) {
        if (opened.add(index)) {
            events.send("", reply.opening(index));
        }
    }

    @Override
    void finish(int index, ChatResponse response, Optional<List<TokenLikelihood>> likelihoods) {
        open(index);
        if (likelihoods.isPresent() && !likelihoods.get().isEmpty()) {
            events.send("", reply.piece(index, "", likelihoods));
        }
        if (response.aiMessage().hasToolExecutionRequests()) {
            events.send("", reply.calls(index, response.aiMessage().toolExecutionRequests()));
        }
        events.send("", reply.ending(index, reason(response)).toString());
    }

    @Override
    void end(TokenUsage total) {
        if (usage) {
            events.send("", reply.accounting(total));
        }
        events.end("", OpenAiReply.DONE);
    }
}
