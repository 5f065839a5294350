package dev.quipu.llama.spi;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.Content;
import dev.langchain4j.data.message.CustomMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Messages in which nothing is a special token: what people, documents and tools say cannot end its own message. */
final class PlainMessages {
    private static final Logger LOG = LoggerFactory.getLogger(PlainMessages.class);

    private final SpecialTexts specials;

    PlainMessages(SpecialTexts specials) {
        this.specials = specials;
    }

    List<ChatMessage> of(List<ChatMessage> messages) {
        List<ChatMessage> plain = messages.stream().map(this::of).toList();
        if (!plain.equals(messages)) {
            LOG.atInfo().log("Messages hold texts of special tokens, which are taken as plain text");
        }
        return plain;
    }

    private ChatMessage of(ChatMessage message) {
        return switch (message) {
            case SystemMessage system -> SystemMessage.from(specials.plain(system.text()));
            case UserMessage user ->
                user.toBuilder()
                        .name(nullable(user.name()))
                        .contents(contents(user.contents()))
                        .build();
            case AiMessage answer ->
                answer.toBuilder()
                        .text(nullable(answer.text()))
                        .thinking(nullable(answer.thinking()))
                        .toolExecutionRequests(answer.toolExecutionRequests().stream()
                                .map(this::call)
                                .toList())
                        .build();
            case ToolExecutionResultMessage result ->
                result.toBuilder()
                        .id(nullable(result.id()))
                        .toolName(nullable(result.toolName()))
                        .contents(contents(result.contents()))
                        .build();
            case CustomMessage custom -> CustomMessage.from(entries(custom.attributes()));
            default -> message;
        };
    }

    private ToolExecutionRequest call(ToolExecutionRequest request) {
        return request.toBuilder()
                .id(nullable(request.id()))
                .name(nullable(request.name()))
                .arguments(nullable(request.arguments()))
                .build();
    }

    private List<Content> contents(List<Content> contents) {
        return contents.stream()
                .map(content ->
                        content instanceof TextContent text ? TextContent.from(specials.plain(text.text())) : content)
                .collect(Collectors.toList());
    }

    private Map<String, Object> entries(Map<String, Object> attributes) {
        Map<String, Object> plain = new LinkedHashMap<>();
        attributes.forEach((name, value) -> plain.put(name, value(value)));
        return plain;
    }

    private Object value(Object value) {
        return switch (value) {
            case String text -> specials.plain(text);
            case List<?> list -> list.stream().map(this::value).toList();
            case Map<?, ?> map -> {
                Map<String, Object> plain = new LinkedHashMap<>();
                map.forEach((name, inner) -> plain.put(specials.plain(String.valueOf(name)), value(inner)));
                yield plain;
            }
            default -> value;
        };
    }

    private @Nullable String nullable(@Nullable String text) {
        return text == null ? null : specials.plain(text);
    }
}
