package dev.quipu.llama.jni;

import dev.quipu.llama.Engine;
import dev.quipu.llama.EngineOptions;
import dev.quipu.llama.EngineProvider;
import dev.quipu.llama.gguf.GgufFile;
import java.util.Optional;

/**
 * Provides the engine on java-llama.cpp where its jar has a library for this platform.
 *
 * <p>Two habits of that library reach the process: a thread of its own stays after an engine was closed and is no daemon,
 * so {@code main} has to end by {@link System#exit}; and the memory of a closed engine is not given back.
 */
public final class JniProvider implements EngineProvider {
    @Override
    public String name() {
        return "jni";
    }

    @Override
    public int order() {
        return 100;
    }

    @Override
    public Optional<String> unavailable() {
        return JniLibrary.problem();
    }

    @Override
    public Engine load(EngineOptions options) {
        return JniEngine.load(options, GgufFile.read(options.model()));
    }
}
