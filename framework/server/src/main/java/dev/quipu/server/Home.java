package dev.quipu.server;

import dev.quipu.llama.natives.NativeCache;
import java.nio.file.Path;

/** The folders that the command line uses. */
final class Home {
    private Home() {}

    /** The repository or installation, which the launcher names. */
    static Path root() {
        return Path.of(System.getProperty("quipu.home", "."));
    }

    /** Where caches, graphs and logs are kept. */
    static Path cache() {
        return NativeCache.base();
    }

    static Path suite(String name) {
        return root().resolve("samples").resolve("suites").resolve(name);
    }
}
