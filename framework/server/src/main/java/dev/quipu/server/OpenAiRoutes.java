package dev.quipu.server;

import dev.quipu.Identity;
import io.vertx.ext.web.RoutingContext;

/**
 * OpenAI's chat completions. The model {@code quipu} is the grounded assistant; the loaded model's own name is the bare
 * engine.
 */
final class OpenAiRoutes {
    private final Assembly assembly;
    private final String model;
    private final GroundedModel grounded;
    private final ModelMeter meter;

    OpenAiRoutes(Assembly assembly, Identity who, String model, ModelMeter meter) {
        this.assembly = assembly;
        this.model = model;
        this.meter = meter;
        this.grounded = new GroundedModel(assembly, who);
    }

    void models(RoutingContext context) {
        var list = Json.create().put("object", "list");
        var data = list.putArray("data");
        data.addObject().put("id", GroundedModel.NAME).put("object", "model").put("owned_by", "quipu");
        if (assembly.model() != null) {
            data.addObject().put("id", model).put("object", "model").put("owned_by", "quipu");
        }
        context.response().putHeader("content-type", "application/json").end(list.toString());
    }

    void complete(RoutingContext context) {
        OpenAiRequest request = OpenAiRequest.read(Json.object(context), GroundedModel.NAME);
        if (request.model().equals(GroundedModel.NAME)) {
            grounded.complete(context, request);
        } else if (request.model().equals(model) && assembly.model() != null) {
            new BareModel(assembly.requireModel(), model, meter).complete(context, request);
        } else {
            throw new ServerException(
                    ServerError.UNKNOWN_MODEL,
                    "There is no model '" + request.model() + "' here; /v1/models lists those that are.");
        }
    }
}
