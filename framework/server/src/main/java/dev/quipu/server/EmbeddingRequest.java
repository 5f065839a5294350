package dev.quipu.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.langchain4j.data.segment.TextSegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A request for the vectors of texts.
 *
 * @param texts 1 to 256, none of them blank
 * @param packed whether the numbers come as base64
 * @param dimensions how many numbers a vector is to have, where it was said
 */
record EmbeddingRequest(String model, List<TextSegment> texts, boolean packed, Optional<Integer> dimensions) {
    private static final int MOST_TEXTS = 256;

    EmbeddingRequest {
        texts = List.copyOf(texts);
    }

    static EmbeddingRequest read(ObjectNode body, String standardModel) {
        JsonFields fields = new JsonFields(body);
        return new EmbeddingRequest(
                fields.text("model").orElse(standardModel),
                texts(fields, "input"),
                packed(fields),
                fields.integer("dimensions", 1, 1 << 20));
    }

    private static boolean packed(JsonFields fields) {
        String format = fields.text("encoding_format").orElse("float");
        if (!format.equals("float") && !format.equals("base64")) {
            throw ServerException.inField("encoding_format", "'encoding_format' has to be float or base64.");
        }
        return format.equals("base64");
    }

    /** A text or a list of them, each as it is or in an object. */
    static List<TextSegment> texts(JsonFields fields, String field) {
        JsonNode input =
                fields.any(field).orElseThrow(() -> ServerException.inField(field, "The body needs '" + field + "'."));
        List<TextSegment> texts = new ArrayList<>();
        for (JsonNode one : input.isArray() ? input : List.of(input)) {
            JsonNode text = one.isObject() ? one.path("text") : one;
            if (!text.isTextual() || JsonFields.blank(text.asText()) || texts.size() >= MOST_TEXTS) {
                throw ServerException.inField(
                        field,
                        "'" + field + "' has to be a text or a list of 1 to " + MOST_TEXTS
                                + " texts, none of them blank. Tokens are not taken.");
            }
            texts.add(TextSegment.from(text.asText()));
        }
        if (texts.isEmpty()) {
            throw ServerException.inField(field, "'" + field + "' is an empty list. Send at least one text.");
        }
        return texts;
    }
}
