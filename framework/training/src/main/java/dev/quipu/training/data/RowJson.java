package dev.quipu.training.data;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Rows as JSON objects. */
final class RowJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private RowJson() {}

    static JsonNode parse(String line, String place) {
        try {
            JsonNode json = JSON.readTree(line);
            if (!json.isObject()) {
                throw DataException.form(place, "is no JSON object", null);
            }
            return json;
        } catch (JsonProcessingException e) {
            throw DataException.form(place, "is no JSON: " + e.getOriginalMessage(), e);
        }
    }

    /** The content in the form that training reads. */
    static ObjectNode write(Content content) {
        ObjectNode json = JSON.createObjectNode();
        switch (content) {
            case Content.Chat chat -> {
                ArrayNode all = json.putArray("messages");
                chat.messages()
                        .forEach(
                                m -> all.addObject().put("role", m.role().key()).put("content", m.content()));
            }
            case Content.Completion pair -> json.put("prompt", pair.prompt()).put("completion", pair.completion());
            case Content.Document document -> json.put("text", document.text());
        }
        return json;
    }

    /**
     * The content of an object of one of the forms that training reads, or of a few that are usual elsewhere.
     *
     * @return empty if its form is not known
     * @throws DataException if it has a known form, but with something in it that has none
     */
    static Optional<Content> read(JsonNode json, String place) {
        if (json.path("messages").isArray()) {
            return Optional.of(new Content.Chat(messages(json.get("messages"), "role", "content", place)));
        }
        if (json.path("conversations").isArray()) {
            return Optional.of(new Content.Chat(messages(json.get("conversations"), "from", "value", place)));
        }
        if (json.path("output").isTextual() && json.has("instruction")) {
            String question = json.path("instruction").asText() + "\n\n"
                    + json.path("input").asText("");
            return Optional.of(pair(question.strip(), json.get("output").asText()));
        }
        if (json.path("completion").isTextual()) {
            return Optional.of(new Content.Completion(
                    json.path("prompt").asText(""), json.get("completion").asText()));
        }
        return json.path("text").isTextual()
                ? Optional.of(new Content.Document(json.get("text").asText()))
                : Optional.empty();
    }

    static Content pair(String question, String answer) {
        return new Content.Chat(
                List.of(new Message(Message.Role.USER, question), new Message(Message.Role.ASSISTANT, answer)));
    }

    private static List<Message> messages(JsonNode array, String role, String content, String place) {
        List<Message> messages = new ArrayList<>();
        for (JsonNode message : array) {
            String said = text(message.path(content));
            if (!message.path(role).isTextual()) {
                throw DataException.form(place, "has a message without \"" + role + "\"", null);
            }
            String name = message.path(role).asText();
            Message.Role who = role(name)
                    .orElseThrow(() -> DataException.form(
                            place, "has the role '" + name + "', but system, user and assistant are known", null));
            messages.add(new Message(who, said));
        }
        return messages;
    }

    /** Content is a text, or parts of which some are. */
    static String text(JsonNode content) {
        if (!content.isArray()) {
            return content.asText("");
        }
        List<String> parts = new ArrayList<>();
        for (JsonNode part : content) {
            String text = part.isTextual() ? part.asText() : part.path("text").asText("");
            if (!text.isEmpty()) {
                parts.add(text);
            }
        }
        return String.join("\n", parts);
    }

    static Optional<Message.Role> role(String name) {
        return switch (name.strip().toLowerCase(Locale.ROOT)) {
            case "system", "developer" -> Optional.of(Message.Role.SYSTEM);
            case "user", "human", "customer", "client", "visitor", "客户", "顾客", "用户", "买家" ->
                Optional.of(Message.Role.USER);
            case "assistant", "gpt", "model", "bot", "agent", "support", "客服", "助手", "商家", "机器人" ->
                Optional.of(Message.Role.ASSISTANT);
            default -> Optional.empty();
        };
    }
}
