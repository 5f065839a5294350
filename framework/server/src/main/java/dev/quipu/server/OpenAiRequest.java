package dev.quipu.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A request for a chat completion. Fields that are not known are ignored, as OpenAI's clients expect; one that would
 * change the answer and cannot be honoured is an error.
 *
 * @param model which model is asked
 * @param messages the conversation, at least one message
 * @param stream whether the answer comes as events
 * @param usage whether the events end with the usage
 * @param user the caller's name for who asks
 * @param chat what the engine is asked, when it is
 * @param seed of the draw
 */
record OpenAiRequest(
        String model,
        List<ChatMessage> messages,
        boolean stream,
        boolean usage,
        Optional<String> user,
        ChatRequest chat,
        Optional<Integer> seed) {

    static OpenAiRequest read(ObjectNode body, String standardModel) {
        JsonFields fields = new JsonFields(body);
        fields.integer("n", 1, 1);
        if (fields.any("tools").filter(tools -> !tools.isEmpty()).isPresent() || fields.flag("logprobs")) {
            throw bad("'tools' and 'logprobs' are not offered here. Leave them out.");
        }
        List<ChatMessage> messages = OpenAiMessages.read(body.path("messages"));
        JsonNode streaming = body.path("stream_options");
        return new OpenAiRequest(
                fields.text("model").orElse(standardModel),
                messages,
                fields.flag("stream"),
                streaming instanceof ObjectNode options && new JsonFields(options).flag("include_usage"),
                fields.text("user"),
                chat(fields, messages),
                fields.any("seed").map(seed -> seed(seed)));
    }

    /** The question that the assistant answers: the last message, which has to be the user's. */
    String question() {
        if (messages.getLast() instanceof UserMessage last) {
            return last.singleText();
        }
        throw bad("The last message has to be the user's.");
    }

    private static ChatRequest chat(JsonFields fields, List<ChatMessage> messages) {
        ChatRequest.Builder chat = ChatRequest.builder().messages(messages).stopSequences(stop(fields));
        fields.number("temperature", 0, 2).ifPresent(chat::temperature);
        fields.number("top_p", 0, 1).ifPresent(chat::topP);
        fields.number("frequency_penalty", -2, 2).ifPresent(chat::frequencyPenalty);
        fields.number("presence_penalty", -2, 2).ifPresent(chat::presencePenalty);
        fields.integer("max_completion_tokens", 1, 1 << 20)
                .or(() -> fields.integer("max_tokens", 1, 1 << 20))
                .ifPresent(chat::maxOutputTokens);
        fields.any("response_format").flatMap(OpenAiSchema::format).ifPresent(chat::responseFormat);
        return chat.build();
    }

    private static List<String> stop(JsonFields fields) {
        List<String> texts = new ArrayList<>();
        fields.any("stop").ifPresent(stop -> {
            (stop.isArray() ? stop : List.of(stop)).forEach(one -> {
                if (!one.isTextual() || one.asText().isEmpty()) {
                    throw bad("'stop' has to be a text or a list of texts, none of them empty.");
                }
                texts.add(one.asText());
            });
        });
        return texts;
    }

    /** Any whole number is a seed; the engine's has 32 bits. */
    private static int seed(JsonNode seed) {
        if (!seed.isIntegralNumber()) {
            throw bad("'seed' has to be a whole number.");
        }
        return seed.bigIntegerValue().intValue();
    }

    private static ServerException bad(String detail) {
        return new ServerException(ServerError.BAD_REQUEST, detail);
    }
}
