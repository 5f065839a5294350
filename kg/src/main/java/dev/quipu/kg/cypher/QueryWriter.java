package dev.quipu.kg.cypher;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import java.util.List;

/** Who writes queries: a language model. What it writes is never run as it stands. */
@FunctionalInterface
public interface QueryWriter {
    /** Tokens that a query may have. */
    int MOST_TOKENS = 192;

    /**
     * Writes a query.
     *
     * @param conversation the schema, examples, the question and, at a second try, what was wrong with the first
     * @param grammar GBNF with the rule {@code root}; a writer that cannot be bound to it may leave it aside
     */
    String write(List<ChatMessage> conversation, String grammar);

    /** Any chat model, not bound to the grammar. */
    static QueryWriter of(ChatModel model) {
        return (conversation, grammar) -> model.chat(ChatRequest.builder()
                        .messages(conversation)
                        .temperature(0.0)
                        .maxOutputTokens(MOST_TOKENS)
                        .build())
                .aiMessage()
                .text();
    }
}
