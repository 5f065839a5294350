package dev.quipu.codegen;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.IntFunction;

/** LangChain4j's chat models as writers of drafts. */
record ChatCodeModel(String name, IntFunction<? extends ChatModel> bySeed) implements CodeModel {
    /** Characters that a token of code has, about. */
    private static final int CHARACTERS = 3;

    @Override
    public Draft reply(List<ChatMessage> conversation, Draw draw) {
        ChatResponse response = bySeed.apply(draw.seed())
                .chat(ChatRequest.builder()
                        .messages(conversation)
                        .temperature(draw.temperature())
                        .maxOutputTokens(draw.maxTokens())
                        .build());
        String text = Objects.requireNonNullElse(response.aiMessage().text(), "");
        Optional<TokenUsage> usage = Optional.ofNullable(response.tokenUsage());
        return new Draft(
                text,
                usage.map(TokenUsage::inputTokenCount).orElse(0),
                usage.map(TokenUsage::outputTokenCount).orElse(text.length() / CHARACTERS + 1),
                response.finishReason() == FinishReason.LENGTH);
    }
}
