package dev.quipu.server;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.quipu.llama.TokenLikelihood;
import java.util.List;
import java.util.Optional;

/**
 * One of the answers of a completion.
 *
 * @param likelihoods of its tokens; absent unless they were asked for
 */
record OpenAiChoice(
        int index,
        String text,
        List<ToolExecutionRequest> calls,
        String finish,
        Optional<List<TokenLikelihood>> likelihoods) {
    OpenAiChoice {
        calls = List.copyOf(calls);
        likelihoods = likelihoods.map(List::copyOf);
    }

    static OpenAiChoice ofText(String text, String finish) {
        return new OpenAiChoice(0, text, List.of(), finish, Optional.empty());
    }

    void write(ObjectNode choice) {
        choice.put("index", index).put("finish_reason", finish);
        choice.set("logprobs", likelihoods.map(OpenAiLogprobs::ofChat).orElse(null));
        ObjectNode message =
                choice.putObject("message").put("role", "assistant").putNull("refusal");
        if (calls.isEmpty()) {
            message.put("content", text);
        } else {
            message.put("content", text.isEmpty() ? null : text);
            write(calls, message.putArray("tool_calls"));
        }
    }

    /** The calls as a chunk has them, each whole. */
    static void write(List<ToolExecutionRequest> calls, ArrayNode array) {
        for (ToolExecutionRequest call : calls) {
            array.addObject()
                    .put("index", array.size() - 1)
                    .put("id", call.id())
                    .put("type", "function")
                    .putObject("function")
                    .put("name", call.name())
                    .put("arguments", call.arguments());
        }
    }
}
