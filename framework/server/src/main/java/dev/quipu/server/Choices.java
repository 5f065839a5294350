package dev.quipu.server;

import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.TokenUsage;
import dev.quipu.llama.TokenLikelihood;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The answers to one request, which come side by side. When one fails, so does the request, and the others are not read
 * any more. Thread-safe.
 */
abstract class Choices {
    final EventStream events;
    private final ModelMeter meter;
    private int open;
    private final List<WatchedEngine> working = new ArrayList<>();
    private boolean failed;
    private Optional<TokenUsage> usage = Optional.empty();

    Choices(EventStream events, ModelMeter meter, int count) {
        this.events = events;
        this.meter = meter;
        this.open = count;
    }

    /**
     * Takes a piece of an answer; blocks while the reader is slow.
     *
     * @return whether anybody still reads
     */
    abstract boolean take(int index, String piece, Optional<List<TokenLikelihood>> likelihoods)
            throws InterruptedException;

    /** Takes the end of an answer, with the probabilities that no piece had. */
    abstract void finish(int index, ChatResponse response, Optional<List<TokenLikelihood>> likelihoods);

    /** Ends the request, after its last answer. */
    abstract void end(TokenUsage total);

    /** Takes the engine of an answer, which is stopped when the answer is not wanted any more. */
    final synchronized void follow(WatchedEngine engine) {
        working.add(engine);
        events.whenClosed(engine::cancel);
    }

    final synchronized boolean wanted() {
        return !failed && !events.closed();
    }

    final synchronized void complete(int index, ChatResponse response, Optional<List<TokenLikelihood>> likelihoods) {
        if (failed) {
            return;
        }
        finish(index, response, likelihoods);
        usage = Optional.of(total(response.tokenUsage()));
        if (--open == 0) {
            end(usage.get());
        }
    }

    /** The prompt is the same for all answers and counts once. */
    private TokenUsage total(TokenUsage one) {
        int before = usage.map(TokenUsage::outputTokenCount).orElse(0);
        return new TokenUsage(one.inputTokenCount(), before + one.outputTokenCount());
    }

    final synchronized void fail(Throwable error) {
        if (!failed) {
            failed = true;
            working.forEach(WatchedEngine::cancel);
            meter.failed();
            events.fail(error);
        }
    }

    static String reason(ChatResponse response) {
        return switch (response.finishReason()) {
            case LENGTH -> "length";
            case TOOL_EXECUTION -> "tool_calls";
            default -> "stop";
        };
    }

    static String text(ChatResponse response) {
        String text = response.aiMessage().text();
        return text == null ? "" : text;
    }
}
