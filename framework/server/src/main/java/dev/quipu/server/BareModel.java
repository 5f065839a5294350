package dev.quipu.server;

import dev.quipu.llama.LlamaChatModel;
import dev.quipu.llama.Sampling;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;

/**
 * The engine without knowledge, for callers that want the model alone. The model works no faster than its reader reads,
 * and stops when the reader is gone.
 */
final class BareModel {
    private final Order order;
    private final ModelMeter meter;

    BareModel(Order order, ModelMeter meter) {
        this.order = order;
        this.meter = meter;
    }

    void complete(RoutingContext context, OpenAiRequest request) {
        OpenAiReply reply = new OpenAiReply(order.model(), Clock.systemUTC());
        EventStream events = new EventStream(context);
        int count = request.choices();
        Choices choices = request.stream()
                ? new ChunkedChoices(events, meter, reply, count, request.usage())
                : new WholeChoices(events, meter, reply, count);
        for (int index = 0; index < count; index++) {
            answer(context, request, choices, index);
        }
    }

    /** Each answer draws by a seed of its own, else all of them would be the same. */
    private void answer(RoutingContext context, OpenAiRequest request, Choices choices, int index) {
        WatchedEngine watched = new WatchedEngine(order.engine());
        choices.follow(watched);
        Sampling sampling = request.sampling().withSeed(request.sampling().seed() + index);
        LlamaChatModel model = order.chat(watched, sampling);
        ChoiceReader reader = new ChoiceReader(index, choices, watched, sampling.reported() >= 0);
        // Rendering and counting a long prompt takes a while, so it may not run on the event loop.
        context.vertx()
                .executeBlocking(
                        () -> {
                            model.chat(request.chat(), reader);
                            return true;
                        },
                        false)
                .onFailure(reader::onError);
    }
}
