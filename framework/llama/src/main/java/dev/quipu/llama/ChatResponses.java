package dev.quipu.llama;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.ChatResponseMetadata;
import dev.langchain4j.model.output.TokenUsage;
import java.util.List;
import java.util.UUID;

/** Makes LangChain4j's responses of results of the engine. */
final class ChatResponses {
    private ChatResponses() {}

    static ChatResponse of(GenerationResult result, ToolCalls.Found found, String model) {
        return ChatResponse.builder()
                .aiMessage(message(found))
                .metadata(ChatResponseMetadata.builder()
                        .id("quipu-" + UUID.randomUUID())
                        .modelName(model)
                        .tokenUsage(new TokenUsage(result.promptTokens(), result.outputTokens()))
                        .finishReason(reason(result.finish(), found.calls()))
                        .build())
                .build();
    }

    private static AiMessage message(ToolCalls.Found found) {
        if (found.calls().isEmpty()) {
            return AiMessage.from(found.text());
        }
        return found.text().isEmpty() ? AiMessage.from(found.calls()) : AiMessage.from(found.text(), found.calls());
    }

    private static dev.langchain4j.model.output.FinishReason reason(
            FinishReason finish, List<ToolExecutionRequest> calls) {
        if (!calls.isEmpty()) {
            return dev.langchain4j.model.output.FinishReason.TOOL_EXECUTION;
        }
        return switch (finish) {
            case END, STOP_TEXT -> dev.langchain4j.model.output.FinishReason.STOP;
            case LENGTH -> dev.langchain4j.model.output.FinishReason.LENGTH;
            case CANCELLED -> dev.langchain4j.model.output.FinishReason.OTHER;
        };
    }
}
