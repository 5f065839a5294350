package dev.quipu.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.model.output.TokenUsage;
import dev.quipu.llama.TokenLikelihood;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
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

    ObjectNode whole(List<OpenAiChoice> answers, TokenUsage usage) {
        ObjectNode completion = head("chat.completion");
        ArrayNode choices = completion.putArray("choices");
        answers.forEach(answer -> answer.write(choices.addObject()));
        return completion.set("usage", usage(usage));
    }

    /** The first chunk of an answer: who speaks. */
    String opening(int index) {
        ObjectNode chunk = head("chat.completion.chunk");
        choice(chunk, index)
                .putNull("finish_reason")
                .putObject("delta")
                .put("role", "assistant")
                .put("content", "");
        return chunk.toString();
    }

    String piece(int index, String text, Optional<List<TokenLikelihood>> likelihoods) {
        ObjectNode chunk = head("chat.completion.chunk");
        ObjectNode choice = choice(chunk, index).putNull("finish_reason");
        choice.putObject("delta").put("content", text);
        choice.set("logprobs", likelihoods.map(OpenAiLogprobs::ofChat).orElse(null));
        return chunk.toString();
    }

    String calls(int index, List<ToolExecutionRequest> calls) {
        ObjectNode chunk = head("chat.completion.chunk");
        ObjectNode delta = choice(chunk, index).putNull("finish_reason").putObject("delta");
        OpenAiChoice.write(calls, delta.putArray("tool_calls"));
        return chunk.toString();
    }

    /** The last chunk of an answer: why it ended. */
    ObjectNode ending(int index, String finish) {
        ObjectNode chunk = head("chat.completion.chunk");
        choice(chunk, index).put("finish_reason", finish).putObject("delta");
        return chunk;
    }

    /** The chunk without text that callers ask for by {@code stream_options.include_usage}. */
    String accounting(TokenUsage usage) {
        ObjectNode chunk = head("chat.completion.chunk");
        chunk.putArray("choices");
        return chunk.set("usage", usage(usage)).toString();
    }

    private static ObjectNode choice(ObjectNode chunk, int index) {
        return chunk.putArray("choices").addObject().put("index", index);
    }

    static JsonNode usage(TokenUsage usage) {
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
