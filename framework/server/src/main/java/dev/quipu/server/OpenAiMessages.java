package dev.quipu.server;

import com.fasterxml.jackson.databind.JsonNode;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import java.util.ArrayList;
import java.util.List;

/** The messages of an OpenAI request. A content is a text or a list of text parts. */
final class OpenAiMessages {
    private static final int MOST = 1_000;

    private OpenAiMessages() {}

    static List<ChatMessage> read(JsonNode array) {
        if (!array.isArray() || array.isEmpty() || array.size() > MOST) {
            throw bad("The body needs 'messages', a list of 1 to " + MOST + ".");
        }
        List<ChatMessage> messages = new ArrayList<>();
        for (JsonNode message : array) {
            messages.add(message(message, messages.size() + 1));
        }
        return messages;
    }

    private static ChatMessage message(JsonNode message, int number) {
        if (message.hasNonNull("tool_calls")) {
            throw bad("Message " + number + " has 'tool_calls', but tools are not offered here.");
        }
        String role = message.path("role").asText();
        String text = text(message.path("content"), number);
        return switch (role) {
            case "system", "developer" -> SystemMessage.from(text);
            case "user" -> {
                if (text.isBlank()) {
                    throw bad("Message " + number + " of the user is empty. Write a question.");
                }
                yield UserMessage.from(text);
            }
            case "assistant" -> AiMessage.from(text);
            default -> throw bad("Message " + number + " has none of the roles system, developer, user, assistant.");
        };
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
        return new ServerException(ServerError.BAD_REQUEST, detail);
    }
}
