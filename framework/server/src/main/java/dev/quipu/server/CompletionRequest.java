package dev.quipu.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quipu.llama.GenerationRequest;
import java.util.ArrayList;
import java.util.List;

/**
 * A request to go on with texts, without a conversation.
 *
 * @param generations one for each choice, in their order
 * @param prompts how many of them have a prompt of their own; the others repeat one
 * @param suffix what follows the gap that the model is to fill; empty where it goes on with the prompt
 * @param echo whether the prompt is a part of the answer
 * @param service how it wants to be served
 */
record CompletionRequest(
        String model,
        List<GenerationRequest> generations,
        int prompts,
        String suffix,
        boolean stream,
        boolean usage,
        boolean echo,
        OpenAiService service) {
    private static final int MOST_PROMPTS = 16;
    private static final int MOST_TOP = 5;
    private static final int TOKENS = 16;

    CompletionRequest {
        generations = List.copyOf(generations);
    }

    static CompletionRequest read(ObjectNode body, String standardModel) {
        JsonFields fields = new JsonFields(body);
        OpenAiSampling drawn = new OpenAiSampling(fields);
        int count = fields.integer("n", 1, OpenAiRequest.MOST_CHOICES).orElse(1);
        fields.integer("best_of", count, count);
        List<String> prompts = prompts(fields);
        var sampling = drawn.whole()
                .withReported(fields.integer("logprobs", 0, MOST_TOP).orElse(-1));
        int most = fields.integer("max_tokens", 1, 1 << 20).orElse(TOKENS);
        List<GenerationRequest> generations = new ArrayList<>();
        for (String prompt : prompts) {
            for (int i = 0; i < count; i++) {
                generations.add(new GenerationRequest(
                        prompt,
                        sampling.withSeed(sampling.seed() + i),
                        most,
                        drawn.stops(),
                        "",
                        HttpLimits.STANDARD.answer()));
            }
        }
        return new CompletionRequest(
                fields.text("model").orElse(standardModel),
                generations,
                prompts.size(),
                fields.text("suffix").orElse(""),
                fields.flag("stream"),
                OpenAiRequest.usage(fields),
                fields.flag("echo"),
                OpenAiService.read(fields));
    }

    private static List<String> prompts(JsonFields fields) {
        JsonNode prompt = fields.any("prompt").orElseThrow(() -> bad("The body needs a 'prompt'."));
        List<String> prompts = new ArrayList<>();
        for (JsonNode one : prompt.isArray() ? prompt : List.of(prompt)) {
            if (!one.isTextual() || one.asText().isEmpty()) {
                throw bad("'prompt' has to be a text or a list of texts, none of them empty. Tokens are not taken.");
            }
            prompts.add(one.asText());
        }
        if (prompts.isEmpty() || prompts.size() > MOST_PROMPTS) {
            throw bad("'prompt' has to be a text or a list of 1 to " + MOST_PROMPTS + " texts.");
        }
        return prompts;
    }

    private static ServerException bad(String detail) {
        return ServerException.inField("prompt", detail);
    }
}
