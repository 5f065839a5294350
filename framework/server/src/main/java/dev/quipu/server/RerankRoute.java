package dev.quipu.server;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
        RerankRequest request = RerankRequest.read(Json.object(context), models.standard());
        ScoringModel model = models.scorer(request.model());
        context.vertx()
                .executeBlocking(() -> model.scoreAll(request.documents(), request.query()), false)
                .onSuccess(scored -> context.response()
                        .putHeader("content-type", "application/json")
                        .end(body(request, scored).toString()))
                .onFailure(context::fail);
    }

    private static ObjectNode body(RerankRequest request, Response<List<Double>> scored) {
        ObjectNode body = Json.create().put("object", "list").put("model", request.model());
        ArrayNode results = body.putArray("results");
        List<Double> scores = scored.content();
        IntStream.range(0, request.documents().size())
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> scores.get(i)).reversed())
                .limit(request.top())
                .forEach(i -> {
                    ObjectNode result = results.addObject().put("index", i).put("relevance_score", scores.get(i));
                    if (request.shown()) {
                        result.putObject("document")
                                .put("text", request.documents().get(i).text());
                    }
                });
        return body.set("usage", EmbeddingRoutes.usage(scored.tokenUsage()));
    }
}
