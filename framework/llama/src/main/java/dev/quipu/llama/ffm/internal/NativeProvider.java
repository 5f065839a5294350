package dev.quipu.llama.ffm.internal;

import dev.quipu.llama.Device;
import dev.quipu.llama.Encoder;
import dev.quipu.llama.EncoderOptions;
import dev.quipu.llama.Engine;
import dev.quipu.llama.EngineOptions;
import dev.quipu.llama.EngineProvider;
import dev.quipu.llama.natives.NativeBundle;
import dev.quipu.llama.natives.NativeCache;
import java.util.List;
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
    public List<Device> devices() {
        return llama().devices.list();
    }

    @Override
    public Engine load(EngineOptions options) {
        return new NativeEngine(llama(), options);
    }

    @Override
    public Encoder encoder(EncoderOptions options) {
        return new NativeEncoder(llama(), options);
    }

    private static Llama llama() {
        return Llama.load(NativeBundle.locate(NativeCache.folder(), Layouts.RELEASES));
    }
}
