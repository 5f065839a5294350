package dev.quipu.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quipu.Identity;
import dev.quipu.llama.Engine;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.List;

/**
 * OpenAI's API. The model {@code quipu} is the grounded assistant; the loaded model's own name is the bare engine, and with
 * an adapter's name behind a colon the engine with that adapter; the others make vectors.
 */
final class OpenAiRoutes {
    /** Where requests with a body go. */
    static final List<String> POSTS =
            List.of("/v1/chat/completions", "/v1/completions", "/v1/embeddings", "/v1/rerank");

    private final LoadedModel loaded;
    private final HttpLimits limits;
    private final GroundedModel grounded;
    private final ModelMeter meter;
    private final VectorModels vectors;
    private final EmbeddingRoutes embeddings;
    private final RerankRoute rerank;

    OpenAiRoutes(Assembly assembly, Identity who, String model, ModelMeter meter, HttpLimits limits) {
        this.loaded = new LoadedModel(assembly.engine(), model);
        this.limits = limits;
        this.meter = meter;
        this.grounded = new GroundedModel(assembly, who);
        this.vectors = assembly.vectors();
        this.embeddings = new EmbeddingRoutes(vectors);
        this.rerank = new RerankRoute(vectors);
    }

    private List<String> names() {
        List<String> names = new ArrayList<>(List.of(GroundedModel.NAME));
        names.addAll(loaded.names());
        names.addAll(vectors.names());
        return names;
    }

    void models(RoutingContext context) {
        ObjectNode list = Json.create().put("object", "list");
        var data = list.putArray("data");
        names().forEach(name -> data.add(described(name)));
        context.response().putHeader("content-type", "application/json").end(list.toString());
    }

    void model(RoutingContext context) {
        String name = java.util.Objects.requireNonNull(context.pathParam("id"));
        if (!names().contains(name)) {
            throw ServerException.unknownModel(name, "any endpoint");
        }
        context.response()
                .putHeader("content-type", "application/json")
                .end(described(name).toString());
    }

    private static ObjectNode described(String name) {
        return Json.create()
                .put("id", name)
                .put("object", "model")
                .put("created", 0)
                .put("owned_by", "quipu");
    }

    void post(RoutingContext context) {
        switch (HttpFailures.path(context)) {
            case "/v1/chat/completions" -> chat(context);
            case "/v1/completions" -> complete(context);
            case "/v1/embeddings" -> embeddings.embed(context);
            default -> rerank.rank(context);
        }
    }

    private void chat(RoutingContext context) {
        OpenAiRequest request = OpenAiRequest.read(Json.object(context), GroundedModel.NAME);
        if (request.model().equals(GroundedModel.NAME)) {
            grounded.complete(context, request);
        } else {
            new BareModel(order(context, request.model(), request.service()), meter).complete(context, request);
        }
    }

    private void complete(RoutingContext context) {
        CompletionRequest request = CompletionRequest.read(Json.object(context), loaded.name());
        new Completions(order(context, request.model(), request.service()), meter).complete(context, request);
    }

    private Order order(RoutingContext context, String asked, OpenAiService service) {
        Engine engine = loaded.engine(asked);
        return new Order(
                engine,
                asked,
                Caller.of(context).share(service.priority()),
                loaded.adapters(asked, service.adapters()),
                limits.answer());
    }
}
