package dev.quipu.server;

import dev.quipu.kg.GraphLocation;
import dev.quipu.llama.CacheFolder;
import java.nio.file.Path;
import java.util.Map;

/** The folders that the command line uses. */
final class Home {
    private Home() {}

    /** The repository or installation, which the launcher names. */
    static Path root() {
        return Path.of(System.getProperty("quipu.home", "."));
    }

    /** Where caches, graphs and logs are kept. */
    static Path cache() {
        return CacheFolder.base();
    }

    /** A graph by its URI or folder; its user and password come from the environment, never from the command line. */
    static GraphLocation graph(String uriOrFolder) {
        Map<String, String> environment = System.getenv();
        return GraphLocation.of(
                uriOrFolder,
                environment.getOrDefault("QUIPU_GRAPH_USER", "neo4j"),
                environment.getOrDefault("QUIPU_GRAPH_PASSWORD", ""));
    }

    static Path suite(String name) {
        return root().resolve("samples").resolve("suites").resolve(name);
    }
}
