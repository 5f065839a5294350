package dev.quipu.server;

import dev.quipu.llama.AdapterUse;
import dev.quipu.llama.Engine;
import dev.quipu.llama.GenerationRequest;
import dev.quipu.llama.LlamaChatModel;
import dev.quipu.llama.Sampling;
import dev.quipu.llama.Share;
import java.time.Duration;
import java.util.List;

/**
 * How the loaded model works on a request.
 *
 * @param model the name under which it was asked
 * @param share on whose account, and how urgently
 * @param deadline time to the last token
 */
record Order(Engine engine, String model, Share share, List<AdapterUse> adapters, Duration deadline) {
    Order {
        adapters = List.copyOf(adapters);
    }

    /** The model as one of LangChain4j's, on an engine that watches this one. */
    LlamaChatModel chat(WatchedEngine watched, Sampling sampling) {
        return LlamaChatModel.of(watched, model)
                .with(sampling, deadline)
                .as(share)
                .adapted(adapters);
    }

    GenerationRequest of(GenerationRequest request) {
        return request.withShare(share).withAdapters(adapters).withDeadline(deadline);
    }
}
