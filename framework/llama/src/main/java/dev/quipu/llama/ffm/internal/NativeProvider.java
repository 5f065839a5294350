package dev.quipu.llama.ffm.internal;

import dev.quipu.llama.Engine;
import dev.quipu.llama.EngineOptions;
import dev.quipu.llama.EngineProvider;
import dev.quipu.llama.natives.NativeBundle;
import dev.quipu.llama.natives.NativeCache;
import java.util.Optional;

/** Provides the native engine where llama.cpp's libraries are at hand. */
public final class NativeProvider implements EngineProvider {
    @Override
    public String name() {
        return "native";
    }

    @Override
    public int order() {
        return 0;
    }

    @Override
    public Optional<String> unavailable() {
        return NativeBundle.available()
                ? Optional.empty()
                : Optional.of("no llama.cpp libraries for " + NativeBundle.platform() + " on the class path");
    }

    @Override
    public Engine load(EngineOptions options) {
        NativeBundle bundle = NativeBundle.locate(NativeCache.folder(), Layouts.RELEASES);
        return new NativeEngine(Llama.load(bundle), options);
    }
}
