package dev.quipu.server.bench;

import dev.quipu.llama.Engine;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Whether native memory comes back: the anonymous memory of the process less what the JVM has committed for itself, before
 * and after many short requests. The first thousand bring all buffers to their size and are not counted.
 *
 * @param requests how many; Linux only
 */
record MemoryReturn(Setup setup, int requests) {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final int AT_ONCE = 4;
    private static final int FIRST = 1000;

    List<Figure> measure() {
        if (!Files.isReadable(STATUS)) {
            return List.of();
        }
        try (Engine engine = setup.engine(AT_ONCE, 2048)) {
            EngineTarget target = new EngineTarget(engine);
            Texts texts = new Texts(engine, new SplittableRandom(700));
            serve(target, texts, Math.min(FIRST, requests));
            double before = nativeBytes();
            serve(target, texts, requests);
            double after = nativeBytes();
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

    private static double nativeBytes() {
        MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
        memory.gc();
        long committed = memory.getHeapMemoryUsage().getCommitted()
                + memory.getNonHeapMemoryUsage().getCommitted();
        try {
            return Files.readAllLines(STATUS).stream()
                            .filter(line -> line.startsWith("RssAnon:"))
                            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                            .sum()
                    - (double) committed;
        } catch (IOException e) {
            throw new BenchException(BenchError.IO, STATUS + " cannot be read: " + e + ".", e);
        }
    }
}
