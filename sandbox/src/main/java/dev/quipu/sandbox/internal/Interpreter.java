package dev.quipu.sandbox.internal;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A Python that was found.
 *
 * @param program its file
 * @param version such as {@code 3.11.2}
 * @param folders where packages of the system lie
 */
record Interpreter(Path program, String version, List<Path> folders) {
    Interpreter {
        folders = List.copyOf(folders);
    }

    /** The folder of the system's pytest, if there is one. */
    List<Path> pytest() {
        return folders.stream()
                .filter(folder -> Files.isDirectory(folder.resolve("_pytest")))
                .limit(1)
                .toList();
    }
}
