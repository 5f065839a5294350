package dev.quipu.llama.worker.internal;

import dev.quipu.llama.Engine;
import dev.quipu.llama.EngineOptions;
import dev.quipu.llama.EngineProvider;
import java.util.Optional;

/** Loads engines in processes of their own. */
public final class WorkerProvider implements EngineProvider {
    @Override
    public String name() {
        return ISOLATED;
    }

    @Override
    public int order() {
        return Integer.MAX_VALUE;
    }

    @Override
    public Optional<String> unavailable() {
        return Optional.empty();
    }

    @Override
    public Engine load(EngineOptions options) {
        return new WorkerEngine(options);
    }
}
