package dev.quipu.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.output.Response;
import dev.langchain4j.model.output.TokenUsage;
import io.vertx.ext.web.RoutingContext;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** OpenAI's embeddings. */
final class EmbeddingRoutes {
    private static final int MOST_TEXTS = 256;

    private final VectorModels models;

    EmbeddingRoutes(VectorModels models) {
        this.models = models;
    }

    void embed(RoutingContext context) {
        JsonFields fields = new JsonFields(Json.object(context));
        String name = fields.text("model").orElse(models.standard());
        EmbeddingModel model = models.embedder(name);
        List<TextSegment> texts =
                texts(fields.any("input").orElseThrow(() -> bad("The body needs an 'input'.")), "input");
        boolean packed = base64(fields);
        int dimensions = fields.integer("dimensions", 1, 1 << 20).orElse(-1);
        // An embedder computes in the calling thread, so it may not run on the event loop.
        context.vertx()
                .executeBlocking(
                        () -> {
                            if (dimensions > 0 && dimensions != model.dimension()) {
                                throw bad("'dimensions' is " + dimensions + ", but " + name + " has "
                                        + model.dimension() + " and cannot be cut. Leave it out.");
                            }
                            return model.embedAll(texts);
                        },
                        false)
                .onSuccess(embedded -> context.response()
                        .putHeader("content-type", "application/json")
                        .end(body(name, embedded, packed).toString()))
                .onFailure(context::fail);
    }

    private static ObjectNode body(String model, Response<List<Embedding>> embedded, boolean packed) {
        ObjectNode body = Json.create().put("object", "list").put("model", model);
        ArrayNode data = body.putArray("data");
        for (Embedding embedding : embedded.content()) {
            ObjectNode one = data.addObject().put("object", "embedding").put("index", data.size() - 1);
            if (packed) {
                one.put("embedding", packed(embedding.vector()));
            } else {
                ArrayNode numbers = one.putArray("embedding");
                for (float number : embedding.vector()) {
                    numbers.add(number);
                }
            }
        }
        return body.set("usage", usage(embedded.tokenUsage()));
    }

    static JsonNode usage(@org.jspecify.annotations.Nullable TokenUsage usage) {
        int tokens = usage == null || usage.inputTokenCount() == null ? 0 : usage.inputTokenCount();
        return Json.create().put("prompt_tokens", tokens).put("total_tokens", tokens);
    }

    /** Single-precision numbers, little-endian, as OpenAI packs them. */
    private static String packed(float[] vector) {
        ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * vector.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(vector);
        return Base64.getEncoder().encodeToString(bytes.array());
    }

    private static boolean base64(JsonFields fields) {
        String format = fields.text("encoding_format").orElse("float");
        if (!format.equals("float") && !format.equals("base64")) {
            throw bad("'encoding_format' has to be float or base64.");
        }
        return format.equals("base64");
    }

    /** A text or a list of them, none of them blank. */
    static List<TextSegment> texts(JsonNode input, String field) {
        List<TextSegment> texts = new ArrayList<>();
        for (JsonNode one : input.isArray() ? input : List.of(input)) {
            JsonNode text = one.isObject() ? one.path("text") : one;
            if (!text.isTextual() || text.asText().isBlank() || texts.size() >= MOST_TEXTS) {
                throw bad("'" + field + "' has to be a text or a list of 1 to " + MOST_TEXTS
                        + " texts, none of them blank. Tokens are not taken.");
            }
            texts.add(TextSegment.from(text.asText()));
        }
        if (texts.isEmpty()) {
            throw bad("'" + field + "' is an empty list. Send at least one text.");
        }
        return texts;
    }

    private static ServerException bad(String detail) {
        return new ServerException(ServerError.BAD_REQUEST, detail);
    }
}
