package dev.quipu.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.output.Response;
import dev.langchain4j.model.output.TokenUsage;
import io.vertx.ext.web.RoutingContext;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.List;

/** OpenAI's embeddings. */
final class EmbeddingRoutes {
    private final VectorModels models;

    EmbeddingRoutes(VectorModels models) {
        this.models = models;
    }

    void embed(RoutingContext context) {
        EmbeddingRequest request = EmbeddingRequest.read(Json.object(context), models.standard());
        EmbeddingModel model = models.embedder(request.model());
        // An embedder computes in the calling thread, so it may not run on the event loop.
        context.vertx()
                .executeBlocking(
                        () -> {
                            request.dimensions().ifPresent(wanted -> requireWhole(wanted, model, request.model()));
                            return model.embedAll(request.texts());
                        },
                        false)
                .onSuccess(embedded -> context.response()
                        .putHeader("content-type", "application/json")
                        .end(body(request, embedded).toString()))
                .onFailure(context::fail);
    }

    private static void requireWhole(int wanted, EmbeddingModel model, String name) {
        if (wanted != model.dimension()) {
            throw ServerException.inField(
                    "dimensions",
                    "'dimensions' is " + wanted + ", but " + name + " has " + model.dimension()
                            + " and cannot be cut. Leave it out.");
        }
    }

    private static ObjectNode body(EmbeddingRequest request, Response<List<Embedding>> embedded) {
        ObjectNode body = Json.create().put("object", "list").put("model", request.model());
        ArrayNode data = body.putArray("data");
        for (Embedding embedding : embedded.content()) {
            ObjectNode one = data.addObject().put("object", "embedding").put("index", data.size() - 1);
            if (request.packed()) {
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
}
