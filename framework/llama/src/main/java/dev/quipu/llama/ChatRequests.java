package dev.quipu.llama;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ContentType;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.UnsupportedFeatureException;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.ToolChoice;
import dev.langchain4j.model.chat.request.json.JsonRawSchema;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes requests of the engine from LangChain4j's. */
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

    /** @throws UnsupportedFeatureException for another model, and for what no model here can */
    void requireSupported(ChatRequestParameters parameters) {
        if (parameters.modelName() != null && !parameters.modelName().equals(name)) {
            throw new UnsupportedFeatureException("The modelName '" + parameters.modelName()
                    + "' is not supported: this engine has loaded '" + name + "'");
        }
        ResponseFormat format = parameters.responseFormat();
        if (format != null
                && format.jsonSchema() != null
                && format.jsonSchema().rootElement() instanceof JsonRawSchema) {
            throw new UnsupportedFeatureException("A JSON response format with a raw schema is not supported");
        }
    }

    /** What the model may call in a request. */
    static List<ToolSpecification> tools(ChatRequest chat) {
        return chat.toolSpecifications() == null || chat.toolChoice() == ToolChoice.NONE
                ? List.of()
                : chat.toolSpecifications();
    }

    GenerationRequest request(ChatRequest chat) {
        requireSupported(chat.parameters());
        chat.messages().forEach(ChatRequests::requireText);
        List<ToolSpecification> tools = tools(chat);
        return new GenerationRequest(
                engine.chatPrompt(chat.messages(), tools),
                sampling(chat),
                chat.maxOutputTokens() == null ? MAX_TOKENS : chat.maxOutputTokens(),
                chat.stopSequences() == null ? List.of() : chat.stopSequences(),
                grammar(chat.responseFormat(), tools, chat.toolChoice()),
                deadline);
    }

    private static void requireText(ChatMessage message) {
        if (message instanceof UserMessage user) {
            user.contents().stream()
                    .filter(c -> c.type() != ContentType.TEXT)
                    .findFirst()
                    .ifPresent(c -> {
                        throw new UnsupportedFeatureException(
                                "Content of the type " + c.type().name().toLowerCase(java.util.Locale.ROOT)
                                        + " is not supported: the engine takes text");
                    });
        }
    }

    private Sampling sampling(ChatRequest chat) {
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
        return sampling.withPenalties(
                sampling.repetitionPenalty(),
                chat.frequencyPenalty() == null
                        ? sampling.frequencyPenalty()
                        : chat.frequencyPenalty().floatValue(),
                chat.presencePenalty() == null
                        ? sampling.presencePenalty()
                        : chat.presencePenalty().floatValue());
    }

    /** A bound answer may still be a call where tools are offered; a required call is always bound. */
    private static String grammar(
            @Nullable ResponseFormat format, List<ToolSpecification> tools, @Nullable ToolChoice choice) {
        boolean call = choice == ToolChoice.REQUIRED && !tools.isEmpty();
        if (call) {
            return JsonGrammar.ofCall(tools);
        }
        if (format == null || format.type() != ResponseFormatType.JSON) {
            return "";
        }
        return format.jsonSchema() == null
                ? JsonGrammar.ofAnyObjectOrCall(tools)
                : JsonGrammar.ofSchemaOrCall(format.jsonSchema().rootElement(), tools);
    }
}
