package dev.quipu.server;

import com.fasterxml.jackson.databind.JsonNode;
import dev.quipu.llama.Sampling;
import java.util.ArrayList;
import java.util.List;

/** How tokens are drawn, and where they end, as OpenAI's requests say it. */
final class OpenAiSampling {
    /** OpenAI's own limit is 4; a longer list is honoured all the same. */
    private static final int MOST_STOPS = 16;

    private final JsonFields fields;

    OpenAiSampling(JsonFields fields) {
        this.fields = fields;
    }

    /** What LangChain4j's requests have no place for, on top of what a chat draws by otherwise. */
    Sampling base() {
        Sampling sampling = Sampling.BALANCED;
        if (fields.any("seed").isPresent()) {
            sampling = sampling.withSeed(seed(fields.any("seed").get()));
        }
        if (fields.any("min_p").isPresent()) {
            sampling =
                    sampling.withMinP(fields.number("min_p", 0, 1).orElseThrow().floatValue());
        }
        return sampling;
    }

    /** All of it, for a plain completion. */
    Sampling whole() {
        Sampling sampling = base();
        if (fields.any("temperature").isPresent()) {
            sampling = sampling.withTemperature(
                    fields.number("temperature", 0, 2).orElseThrow().floatValue());
        }
        if (fields.any("top_p").isPresent()) {
            sampling =
                    sampling.withTopP(fields.number("top_p", 0, 1).orElseThrow().floatValue());
        }
        return sampling.withPenalties(
                1,
                fields.number("frequency_penalty", -2, 2).orElse(0.0).floatValue(),
                fields.number("presence_penalty", -2, 2).orElse(0.0).floatValue());
    }

    List<String> stops() {
        List<String> texts = new ArrayList<>();
        fields.any("stop").ifPresent(stop -> {
            (stop.isArray() ? stop : List.of(stop)).forEach(one -> {
                if (!one.isTextual() || one.asText().isEmpty() || texts.size() >= MOST_STOPS) {
                    throw ServerException.inField(
                            "stop",
                            "'stop' has to be a text or a list of up to " + MOST_STOPS + " texts, none of them empty.");
                }
                texts.add(one.asText());
            });
        });
        return texts;
    }

    /** Any whole number is a seed; the engine's has 32 bits. */
    private static int seed(JsonNode seed) {
        if (!seed.isIntegralNumber()) {
            throw ServerException.inField("seed", "'seed' has to be a whole number.");
        }
        return seed.bigIntegerValue().intValue();
    }
}
