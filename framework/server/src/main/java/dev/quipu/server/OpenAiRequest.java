package dev.quipu.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.quipu.llama.Sampling;
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
 * @param sampling what {@code chat} has no place for: seed, and the probabilities to tell
 * @param choices answers that are wanted
 * @param service how it wants to be served
 */
record OpenAiRequest(
        String model,
        List<ChatMessage> messages,
        boolean stream,
        boolean usage,
        Optional<String> user,
        ChatRequest chat,
        Sampling sampling,
        int choices,
        OpenAiService service) {
    static final int MOST_CHOICES = 8;
    private static final int MOST_TOP = 20;

    static OpenAiRequest read(ObjectNode body, String standardModel) {
        JsonFields fields = new JsonFields(body);
        List<ChatMessage> messages = OpenAiMessages.read(body.path("messages"));
        return new OpenAiRequest(
                fields.text("model").orElse(standardModel),
                messages,
                fields.flag("stream"),
                usage(fields),
                fields.text("user"),
                chat(fields, messages),
                new OpenAiSampling(fields).base().withReported(reported(fields)),
                fields.integer("n", 1, MOST_CHOICES).orElse(1),
                OpenAiService.read(fields));
    }

    static boolean usage(JsonFields fields) {
        return fields.any("stream_options")
                .map(options -> {
                    if (options instanceof ObjectNode object) {
                        return new JsonFields(object).flag("include_usage");
                    }
                    throw ServerException.inField("stream_options", "'stream_options' has to be an object.");
                })
                .orElse(false);
    }

    /** The question that the assistant answers: the last message, which has to be the user's. */
    String question() {
        refuse("tools", !chat.parameters().toolSpecifications().isEmpty());
        refuse("logprobs", sampling.reported() >= 0);
        refuse("n", choices > 1);
        refuse("adapters", !service.adapters().isEmpty());
        if (messages.getLast() instanceof UserMessage last) {
            return last.singleText();
        }
        throw ServerException.inField("messages", "The last message has to be the user's.");
    }

    private static void refuse(String field, boolean asked) {
        if (asked) {
            throw ServerException.inField(
                    field,
                    "The assistant answers once, from its graph: it takes no '" + field + "'. Leave it out, or ask the"
                            + " loaded model, which /v1/models names.");
        }
    }

    private static int reported(JsonFields fields) {
        Optional<Integer> top = fields.integer("top_logprobs", 0, MOST_TOP);
        boolean wanted = fields.flag("logprobs");
        if (top.isPresent() && !wanted) {
            throw ServerException.inField("top_logprobs", "'top_logprobs' needs 'logprobs' to be true.");
        }
        return wanted ? top.orElse(0) : -1;
    }

    private static ChatRequest chat(JsonFields fields, List<ChatMessage> messages) {
        ChatRequest.Builder chat =
                ChatRequest.builder().messages(messages).stopSequences(new OpenAiSampling(fields).stops());
        fields.number("temperature", 0, 2).ifPresent(chat::temperature);
        fields.number("top_p", 0, 1).ifPresent(chat::topP);
        fields.number("frequency_penalty", -2, 2).ifPresent(chat::frequencyPenalty);
        fields.number("presence_penalty", -2, 2).ifPresent(chat::presencePenalty);
        fields.integer("max_completion_tokens", 1, 1 << 20)
                .or(() -> fields.integer("max_tokens", 1, 1 << 20))
                .ifPresent(chat::maxOutputTokens);
        fields.any("response_format").flatMap(OpenAiSchema::format).ifPresent(chat::responseFormat);
        OpenAiTools.read(fields, chat);
        return chat.build();
    }
}
