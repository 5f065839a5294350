package dev.quipu.server;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.output.Response;
import dev.langchain4j.model.scoring.ScoringModel;
import io.vertx.ext.web.RoutingContext;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Documents in the order of their relevance to a query, in the form that Jina and Cohere agree on. */
final class RerankRoute {
    private final VectorModels models;

    RerankRoute(VectorModels models) {
        this.models = models;
    }

    void rank(RoutingContext context) {
        JsonFields fields = new JsonFields(Json.object(context));
        String name = fields.text("model").orElse(models.standard());
        ScoringModel model = models.scorer(name);
        String query =
                fields.text("query").filter(q -> !q.isBlank()).orElseThrow(() -> bad("The body needs a 'query'."));
        List<TextSegment> documents = EmbeddingRoutes.texts(
                fields.any("documents").orElseThrow(() -> bad("The body needs 'documents'.")), "documents");
        int top = fields.integer("top_n", 1, 1 << 20).orElse(documents.size());
        boolean shown = fields.flag("return_documents");
        context.vertx()
                .executeBlocking(() -> model.scoreAll(documents, query), false)
                .onSuccess(scored -> context.response()
                        .putHeader("content-type", "application/json")
                        .end(body(name, documents, scored, top, shown).toString()))
                .onFailure(context::fail);
    }

    private static ObjectNode body(
            String model, List<TextSegment> documents, Response<List<Double>> scored, int top, boolean shown) {
        ObjectNode body = Json.create().put("object", "list").put("model", model);
        ArrayNode results = body.putArray("results");
        List<Double> scores = scored.content();
        IntStream.range(0, documents.size())
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> scores.get(i)).reversed())
                .limit(top)
                .forEach(i -> {
                    ObjectNode result = results.addObject().put("index", i).put("relevance_score", scores.get(i));
                    if (shown) {
                        result.putObject("document")
                                .put("text", documents.get(i).text());
                    }
                });
        return body.set("usage", EmbeddingRoutes.usage(scored.tokenUsage()));
    }

    private static ServerException bad(String detail) {
        return new ServerException(ServerError.BAD_REQUEST, detail);
    }
}
