package dev.quipu.server;

import java.nio.file.Files;
import java.nio.file.Path;

/** Models by name. */
final class ModelFiles {
    private ModelFiles() {}

    static Path find(String name) {
        Path file = Path.of(name);
        return Files.isRegularFile(file) ? file : Home.cache().resolve("models").resolve(name + ".gguf");
    }
}
