package dev.quipu.server;

import dev.quipu.llama.catalog.ModelStore;
import dev.quipu.llama.catalog.ProgressBar;
import java.io.Console;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

/** Models by name or file; one that is not here is pulled, with its progress on standard error. */
final class ModelFiles {
    private ModelFiles() {}

    static Path find(String name) {
        Path file = Path.of(name);
        if (name.endsWith(".gguf") && Files.isRegularFile(file)) {
            return file;
        }
        return pull(name);
    }

    static Path pull(String name) {
        ModelStore store = ModelStore.standard();
        if (store.has(name)) {
            return store.path(name);
        }
        boolean terminal =
                Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
        ProgressBar bar = ProgressBar.on(System.err, terminal, System.getenv(), Clock.systemUTC());
        try {
            return store.pull(name, bar);
        } finally {
            bar.close();
        }
    }
}
