package dev.quipu.server;

import dev.quipu.llama.Engine;
import dev.quipu.llama.LlamaChatModel;
import dev.quipu.llama.Sampling;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.time.Duration;

/**
 * The engine without knowledge, for callers that want the model alone. The model works no faster than its reader reads,
 * and stops when the reader is gone.
 */
final class BareModel {
    static final Duration DEADLINE = Duration.ofSeconds(60);

    private final Engine engine;
    private final String name;
    private final ModelMeter meter;

    BareModel(Engine engine, String name, ModelMeter meter) {
        this.engine = engine;
        this.name = name;
        this.meter = meter;
    }

    void complete(RoutingContext context, OpenAiRequest request) {
        OpenAiReply reply = new OpenAiReply(name, Clock.systemUTC());
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
        WatchedEngine watched = new WatchedEngine(engine);
        Sampling sampling = request.sampling().withSeed(request.sampling().seed() + index);
        LlamaChatModel model = LlamaChatModel.of(watched, name).with(sampling, DEADLINE);
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
