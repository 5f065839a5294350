package dev.quipu.server.doctor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The files by which a system describes itself.
 *
 * @param root where they begin: {@code /}
 * @param path the folders in which programs are looked for
 */
public record Machine(Path root, List<Path> path) {
    public Machine {
        path = List.copyOf(path);
    }

    /** This machine. */
    public static Machine here() {
        List<Path> path = new ArrayList<>();
        for (String folder : System.getenv().getOrDefault("PATH", "").split(java.io.File.pathSeparator)) {
            if (!folder.isBlank()) {
                path.add(Path.of(folder));
            }
        }
        return new Machine(Path.of("/"), path);
    }

    /** The text of a file below the root; empty when it cannot be read. */
    Optional<String> read(String file) {
        try {
            return Optional.of(new String(Files.readAllBytes(root.resolve(file)), StandardCharsets.UTF_8));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    boolean has(String file) {
        return Files.exists(root.resolve(file));
    }

    /** The first number in a file. */
    Optional<Long> number(String file) {
        return read(file)
                .map(String::strip)
                .filter(text -> text.matches("\\d{1,18}"))
                .map(Long::valueOf);
    }

    /** The entries of a folder whose names match a pattern such as {@code libcuda.so*}. */
    List<Path> list(String folder, String glob) {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(root.resolve(folder), glob)) {
            entries.forEach(found::add);
        } catch (IOException e) {
            return List.of();
        }
        return found;
    }

    /** Where a program lies. */
    Optional<Path> program(String name) {
        return path.stream()
                .map(folder -> folder.resolve(name))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
