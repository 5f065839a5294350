package dev.quipu.llama;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.exception.UnsupportedFeatureException;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.ChatResponseMetadata;
import dev.langchain4j.model.output.TokenUsage;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Between LangChain4j's requests and responses and the engine's. */
final class ChatRequests {
    private static final int MAX_TOKENS = 512;

    private final Engine engine;
    private final String name;
    private final Sampling defaults;
    private final Duration deadline;

    ChatRequests(Engine engine, String name, Sampling defaults, Duration deadline) {
        this.engine = engine;
        this.name = name;
        this.defaults = defaults;
        this.deadline = deadline;
    }

    GenerationRequest request(ChatRequest chat) {
        if (chat.toolSpecifications() != null && !chat.toolSpecifications().isEmpty()) {
            throw new UnsupportedFeatureException("Tools are not supported by this engine");
        }
        Sampling sampling = defaults;
        if (chat.temperature() != null) {
            sampling = sampling.withTemperature(chat.temperature().floatValue());
        }
        if (chat.topP() != null) {
            sampling = sampling.withTopP(chat.topP().floatValue());
        }
        if (chat.topK() != null) {
            sampling = sampling.withTopK(chat.topK());
        }
        sampling = sampling.withPenalties(
                sampling.repetitionPenalty(),
                chat.frequencyPenalty() == null
                        ? sampling.frequencyPenalty()
                        : chat.frequencyPenalty().floatValue(),
                chat.presencePenalty() == null
                        ? sampling.presencePenalty()
                        : chat.presencePenalty().floatValue());
        return new GenerationRequest(
                engine.chatPrompt(chat.messages()),
                sampling,
                chat.maxOutputTokens() == null ? MAX_TOKENS : chat.maxOutputTokens(),
                chat.stopSequences() == null ? List.of() : chat.stopSequences(),
                grammar(chat.responseFormat()),
                deadline);
    }

    private static String grammar(@Nullable ResponseFormat format) {
        if (format == null || format.type() != ResponseFormatType.JSON) {
            return "";
        }
        return format.jsonSchema() == null
                ? JsonGrammar.anyObject()
                : JsonGrammar.of(format.jsonSchema().rootElement());
    }

    ChatResponse response(GenerationResult result) {
        dev.langchain4j.model.output.FinishReason reason = switch (result.finish()) {
            case END, STOP_TEXT -> dev.langchain4j.model.output.FinishReason.STOP;
            case LENGTH -> dev.langchain4j.model.output.FinishReason.LENGTH;
            case CANCELLED -> dev.langchain4j.model.output.FinishReason.OTHER;
        };
        return ChatResponse.builder()
                .aiMessage(AiMessage.from(result.text()))
                .metadata(ChatResponseMetadata.builder()
                        .id("quipu-" + java.util.UUID.randomUUID())
                        .modelName(name)
                        .tokenUsage(new TokenUsage(result.promptTokens(), result.outputTokens()))
                        .finishReason(reason)
                        .build())
                .build();
    }
}
