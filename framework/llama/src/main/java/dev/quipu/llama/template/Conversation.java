package dev.quipu.llama.template;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.Content;
import dev.langchain4j.data.message.CustomMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Writes messages and tools as the dictionaries that templates read: {@code role}, {@code content}, {@code
 * reasoning_content}, {@code tool_calls}, {@code tool_call_id} and {@code name}, and tools as OpenAI's functions.
 *
 * @param objectArguments whether arguments of calls are dictionaries; otherwise they stay JSON text
 * @param noneContent whether the content of calls alone is {@code none} instead of empty
 * @param thinkingKey a second key for an assistant's thoughts, where the template reads one
 */
record Conversation(boolean objectArguments, boolean noneContent, Optional<String> thinkingKey) {
    static Conversation forTemplate(ChatTemplate template) {
        String source = template.source();
        boolean own = source.contains("message.thinking") && !source.contains("reasoning_content");
        Capabilities capabilities = template.capabilities();
        return new Conversation(
                capabilities.objectArguments(),
                capabilities.noneContent(),
                own ? Optional.of("thinking") : Optional.empty());
    }

    Value messages(List<ChatMessage> messages) {
        List<Value> dictionaries = new ArrayList<>();
        for (ChatMessage message : messages) {
            dictionaries.add(dictionary(message));
        }
        return Value.Sequence.list(dictionaries);
    }

    private Value dictionary(ChatMessage message) {
        return switch (message) {
            case SystemMessage system -> message("system", system.text());
            case UserMessage user -> {
                Value.Mapping entry = message("user", text(user.contents()));
                putIfPresent(entry, "name", user.name());
                yield entry;
            }
            case AiMessage answer -> assistant(answer);
            case ToolExecutionResultMessage result -> {
                Value.Mapping entry = message("tool", text(result.contents()));
                putIfPresent(entry, "tool_call_id", result.id());
                putIfPresent(entry, "name", result.toolName());
                yield entry;
            }
            case CustomMessage custom -> JavaValues.of(custom.attributes());
            default ->
                throw new TemplateException(
                        TemplateError.UNSUPPORTED_MESSAGE, "A message of the type " + message.type() + " was passed.");
        };
    }

    private static Value.Mapping message(String role, String content) {
        Value.Mapping entry = Value.Mapping.empty();
        entry.put("role", Value.of(role));
        entry.put("content", Value.of(content));
        return entry;
    }

    private static void putIfPresent(Value.Mapping entry, String key, @Nullable String text) {
        if (text != null) {
            entry.put(key, Value.of(text));
        }
    }

    /** Most templates join the content to strings, so that of calls alone is empty unless they look for none. */
    private Value assistant(AiMessage answer) {
        Value.Mapping entry = message("assistant", answer.text() == null ? "" : answer.text());
        putIfPresent(entry, "reasoning_content", answer.thinking());
        thinkingKey.ifPresent(key -> putIfPresent(entry, key, answer.thinking()));
        if (answer.hasToolExecutionRequests()) {
            List<Value> calls = new ArrayList<>();
            answer.toolExecutionRequests().forEach(request -> calls.add(call(request)));
            entry.put("tool_calls", Value.Sequence.list(calls));
            if (noneContent && answer.text() == null) {
                entry.put("content", Value.None.NONE);
            }
        }
        return entry;
    }

    private Value call(ToolExecutionRequest request) {
        Value.Mapping function = Value.Mapping.empty();
        function.put("name", Value.of(request.name()));
        function.put("arguments", arguments(request));
        Value.Mapping call = Value.Mapping.empty();
        putIfPresent(call, "id", request.id());
        call.put("type", Value.of("function"));
        call.put("function", function);
        return call;
    }

    private Value arguments(ToolExecutionRequest request) {
        String json = request.arguments() == null || request.arguments().isBlank() ? "{}" : request.arguments();
        try {
            Value parsed = JavaValues.parseJson(json);
            if (parsed instanceof Value.Mapping) {
                return objectArguments ? parsed : Value.of(json);
            }
        } catch (JsonProcessingException e) {
            throw new TemplateException(
                    TemplateError.UNSUPPORTED_MESSAGE,
                    "The arguments of a call of " + request.name() + " are not JSON: " + e.getOriginalMessage() + ".",
                    0,
                    0,
                    e);
        }
        throw new TemplateException(
                TemplateError.UNSUPPORTED_MESSAGE,
                "The arguments of a call of " + request.name() + " are JSON but no object.");
    }

    private static String text(List<Content> contents) {
        return contents.stream()
                .map(content -> {
                    if (content instanceof TextContent text) {
                        return text.text();
                    }
                    throw new TemplateException(
                            TemplateError.UNSUPPORTED_MESSAGE,
                            "A message holds content of the type " + content.type() + ".");
                })
                .collect(Collectors.joining("\n"));
    }

    /** Tools as dictionaries, with the JSON schema of their parameters as LangChain4j writes it. */
    static Value tools(List<ToolSpecification> tools) {
        List<Value> functions = new ArrayList<>();
        for (ToolSpecification tool : tools) {
            Value.Mapping function = Value.Mapping.empty();
            function.put("name", Value.of(tool.name()));
            function.put("description", Value.of(tool.description() == null ? "" : tool.description()));
            function.put("parameters", parameters(tool));
            Value.Mapping entry = Value.Mapping.empty();
            entry.put("type", Value.of("function"));
            entry.put("function", function);
            functions.add(entry);
        }
        return Value.Sequence.list(functions);
    }

    private static Value parameters(ToolSpecification tool) {
        try {
            if (JavaValues.parseJson(tool.toJson()) instanceof Value.Mapping schema
                    && schema.get("parameters") instanceof Value.Mapping parameters) {
                return parameters;
            }
        } catch (JsonProcessingException e) {
            throw new TemplateException(
                    TemplateError.UNSUPPORTED_MESSAGE,
                    "The parameters of the tool " + tool.name() + " have no JSON schema.",
                    0,
                    0,
                    e);
        }
        Value.Mapping none = Value.Mapping.empty();
        none.put("type", Value.of("object"));
        none.put("properties", Value.Mapping.empty());
        return none;
    }
}
