package dev.quipu.sandbox.internal;

import dev.quipu.sandbox.SandboxError;
import dev.quipu.sandbox.SandboxException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The packages that an operator allows: a virtual environment, or a folder that holds them. */
final class Packages {
    private static final Path JAILS_OWN = Path.of("/tmp");

    private Packages() {}

    /** @throws SandboxException if the folder is not there */
    static Path folder(Path named) {
        if (!Files.isDirectory(named)) {
            throw new SandboxException(
                    SandboxError.OPTION,
                    "quipu.sandbox.packages is " + named + ", which is no folder. Name a virtual environment.");
        }
        Path root = named.toAbsolutePath().normalize();
        if (root.startsWith(JAILS_OWN)) {
            throw new SandboxException(
                    SandboxError.OPTION,
                    "quipu.sandbox.packages is " + named + ", which lies below " + JAILS_OWN
                            + ", where each jail has a folder of its own. Put it elsewhere.");
        }
        Path library = root.resolve("lib");
        if (!Files.isRegularFile(root.resolve("pyvenv.cfg")) || !Files.isDirectory(library)) {
            return root;
        }
        try (Stream<Path> versions = Files.list(library)) {
            return versions.map(version -> version.resolve("site-packages"))
                    .filter(Files::isDirectory)
                    .findFirst()
                    .orElse(root);
        } catch (IOException e) {
            throw new SandboxException(SandboxError.OPTION, library + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** Names that code can import from it. */
    static List<String> names(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.map(entry -> entry.getFileName().toString())
                    .filter(name -> !name.contains("-") && !name.startsWith("_") && !name.startsWith("."))
                    .map(name -> name.endsWith(".py") ? name.substring(0, name.length() - 3) : name)
                    .filter(name -> !name.contains("."))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }
}
