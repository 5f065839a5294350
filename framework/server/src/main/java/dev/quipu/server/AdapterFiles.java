package dev.quipu.server;

import dev.quipu.llama.catalog.AdapterStore;
import java.nio.file.Files;
import java.nio.file.Path;

/** Adapters by file or by the name that they are kept under. */
final class AdapterFiles {
    private AdapterFiles() {}

    /** A path, or else the name of an adapter. */
    static Path find(String nameOrFile) {
        Path file = Path.of(nameOrFile);
        boolean path = nameOrFile.endsWith(".gguf") || file.getNameCount() > 1 || Files.isRegularFile(file);
        return path ? file : AdapterStore.standard().find(nameOrFile);
    }
}
