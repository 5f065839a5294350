package dev.quipu.server;

import com.fasterxml.jackson.databind.JsonNode;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The messages of an OpenAI request. A content is a text or a list of text parts. */
final class OpenAiMessages {
    private static final int MOST = 1_000;

    /** Names of called tools by the calls' ids: a result names its call only. */
    private final Map<String, String> called = new HashMap<>();

    private OpenAiMessages() {}

    static List<ChatMessage> read(JsonNode array) {
        if (!array.isArray() || array.isEmpty() || array.size() > MOST) {
            throw bad("The body needs 'messages', a list of 1 to " + MOST + ".");
        }
        OpenAiMessages reader = new OpenAiMessages();
        List<ChatMessage> messages = new ArrayList<>();
        int number = 0;
        for (JsonNode message : array) {
            reader.message(message, ++number).ifPresent(messages::add);
        }
        if (messages.isEmpty()) {
            throw bad("The 'messages' say nothing. Add one of the user.");
        }
        return messages;
    }

    /** A message; none for a system's that says nothing, which clients send whose user left that field empty. */
    private Optional<ChatMessage> message(JsonNode message, int number) {
        String role = message.path("role").asText();
        if (role.equals("assistant") && message.hasNonNull("tool_calls")) {
            return Optional.of(calls(message, number));
        }
        String text = text(message.path("content"), number);
        if (JsonFields.blank(text) && (role.equals("system") || role.equals("developer"))) {
            return Optional.empty();
        }
        return Optional.of(spoken(role, text, message, number));
    }

    private ChatMessage spoken(String role, String text, JsonNode message, int number) {
        return switch (role) {
            case "system", "developer" -> SystemMessage.from(text);
            case "user" -> {
                if (JsonFields.blank(text)) {
                    throw bad("Message " + number + " of the user is empty. Write a question.");
                }
                yield UserMessage.from(text);
            }
            case "assistant" -> AiMessage.from(text);
            case "tool" -> result(message.path("tool_call_id").asText(), text, number);
            default ->
                throw bad("Message " + number + " has none of the roles system, developer, user, assistant, tool.");
        };
    }

    private AiMessage calls(JsonNode message, int number) {
        List<ToolExecutionRequest> calls = new ArrayList<>();
        for (JsonNode call : message.get("tool_calls")) {
            JsonNode function = call.path("function");
            String id = call.path("id").asText();
            String name = function.path("name").asText();
            if (id.isEmpty() || name.isEmpty() || !function.path("arguments").isTextual()) {
                throw bad(
                        "Message " + number + " has a call that lacks its id, or a function with name and arguments.");
            }
            called.put(id, name);
            calls.add(ToolExecutionRequest.builder()
                    .id(id)
                    .name(name)
                    .arguments(function.get("arguments").asText())
                    .build());
        }
        if (calls.isEmpty()) {
            throw bad("Message " + number + " has 'tool_calls', but they are no list of calls.");
        }
        String text = message.hasNonNull("content") ? text(message.get("content"), number) : "";
        return text.isEmpty() ? AiMessage.from(calls) : AiMessage.from(text, calls);
    }

    private ToolExecutionResultMessage result(String id, String text, int number) {
        String name = called.get(id);
        if (name == null) {
            throw bad("Message " + number + " is the result of no call before it: its 'tool_call_id' is '" + id + "'.");
        }
        return ToolExecutionResultMessage.from(id, name, text);
    }

    private static String text(JsonNode content, int number) {
        if (content.isTextual()) {
            return content.asText();
        }
        if (!content.isArray()) {
            throw bad("Message " + number + " needs a 'content', a text or a list of text parts.");
        }
        StringBuilder text = new StringBuilder();
        for (JsonNode part : content) {
            if (!part.path("type").asText().equals("text") || !part.path("text").isTextual()) {
                throw bad("Message " + number + " has a part that is no text. Only parts of type 'text' are read.");
            }
            text.append(text.isEmpty() ? "" : "\n").append(part.get("text").asText());
        }
        return text.toString();
    }

    private static ServerException bad(String detail) {
        return ServerException.inField("messages", detail);
    }
}
