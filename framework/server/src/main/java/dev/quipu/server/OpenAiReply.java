package dev.quipu.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.langchain4j.model.output.TokenUsage;
import java.time.Clock;
import java.util.UUID;

/** The JSON of one chat completion, whole or in chunks, in OpenAI's form. */
final class OpenAiReply {
    static final String DONE = "[DONE]";

    private final String id = "chatcmpl-" + UUID.randomUUID();
    private final String model;
    private final long created;

    OpenAiReply(String model, Clock clock) {
        this.model = model;
        this.created = clock.instant().getEpochSecond();
    }

    ObjectNode whole(String text, String finish, TokenUsage usage) {
        ObjectNode completion = head("chat.completion");
        ObjectNode choice =
                completion.putArray("choices").addObject().put("index", 0).put("finish_reason", finish);
        choice.putObject("message").put("role", "assistant").put("content", text);
        return completion.set("usage", usage(usage));
    }

    /** The first chunk: who speaks. */
    String opening() {
        ObjectNode chunk = head("chat.completion.chunk");
        choice(chunk)
                .putNull("finish_reason")
                .putObject("delta")
                .put("role", "assistant")
                .put("content", "");
        return chunk.toString();
    }

    String piece(String text) {
        ObjectNode chunk = head("chat.completion.chunk");
        choice(chunk).putNull("finish_reason").putObject("delta").put("content", text);
        return chunk.toString();
    }

    /** The last chunk of the text: why it ended. */
    ObjectNode ending(String finish) {
        ObjectNode chunk = head("chat.completion.chunk");
        choice(chunk).put("finish_reason", finish).putObject("delta");
        return chunk;
    }

    /** The chunk without text that callers ask for by {@code stream_options.include_usage}. */
    String accounting(TokenUsage usage) {
        ObjectNode chunk = head("chat.completion.chunk");
        chunk.putArray("choices");
        return chunk.set("usage", usage(usage)).toString();
    }

    private static ObjectNode choice(ObjectNode chunk) {
        return chunk.putArray("choices").addObject().put("index", 0);
    }

    private static JsonNode usage(TokenUsage usage) {
        return Json.create()
                .put("prompt_tokens", usage.inputTokenCount())
                .put("completion_tokens", usage.outputTokenCount())
                .put("total_tokens", usage.totalTokenCount());
    }

    private ObjectNode head(String type) {
        return Json.create()
                .put("id", id)
                .put("object", type)
                .put("created", created)
                .put("model", model);
    }
}
