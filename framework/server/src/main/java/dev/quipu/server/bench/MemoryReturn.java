package dev.quipu.server.bench;

import dev.quipu.llama.Engine;
import dev.quipu.llama.NativeMemory;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Whether native memory comes back: what the C library has handed out and not got back, before and after many short
 * requests. The first thousand bring all buffers to their size and are not counted.
 *
 * @param requests how many; only where the C library is glibc
 */
record MemoryReturn(Setup setup, int requests) {
    private static final int AT_ONCE = 4;
    private static final int FIRST = 1000;

    List<Figure> measure() {
        if (NativeMemory.inUse().isEmpty()) {
            return List.of();
        }
        try (Engine engine = setup.engine(AT_ONCE, 2048)) {
            EngineTarget target = new EngineTarget(engine);
            Texts texts = new Texts(engine, new SplittableRandom(700));
            serve(target, texts, Math.min(FIRST, requests));
            double before = NativeMemory.inUse().orElseThrow();
            serve(target, texts, requests);
            double after = NativeMemory.inUse().orElseThrow();
            return List.of(
                    Figure.one("engine.memory.native_megabytes", "MB", after / 1e6),
                    Figure.one("engine.memory.growth", "", after / before - 1));
        }
    }

    private static void serve(Target target, Texts texts, int requests) {
        for (int served = 0; served < requests; served += AT_ONCE) {
            List<Ask> asks = new ArrayList<>();
            for (int user = 0; user < AT_ONCE; user++) {
                asks.add(new Ask(texts.of(8), 2));
            }
            Crowd.at(target, asks).outcomes().forEach(Outcome::require);
        }
    }
}
