package dev.quipu.sandbox.internal;

import dev.quipu.sandbox.SandboxError;
import dev.quipu.sandbox.SandboxException;
import dev.quipu.sandbox.SandboxOptions;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Finds a Python that can be used: CPython 3.9 or newer. */
final class Interpreters {
    private static final int MAJOR = 3;
    private static final int MINOR = 9;
    private static final int ANSWER_SECONDS = 20;

    /** Says what it is, a line each, and where packages of the system lie. */
    private static final String QUESTION = "import sys,site;print(sys.implementation.name);"
            + "print('%d.%d.%d'%sys.version_info[:3]);print(*site.getsitepackages(),sep='\\n')";

    private Interpreters() {}

    /** @throws SandboxException with {@link SandboxError#UNAVAILABLE} if there is none, with what was found instead */
    static Interpreter find(SandboxOptions options) {
        List<String> reasons = new ArrayList<>();
        for (Path program : options.python().map(Set::of).orElseGet(Interpreters::candidates)) {
            try {
                return ask(program);
            } catch (IOException e) {
                reasons.add(program + ": " + e.getMessage());
            }
        }
        throw new SandboxException(
                SandboxError.UNAVAILABLE,
                "There is no usable python3 " + reasons + ". Install CPython " + MAJOR + "." + MINOR
                        + " or newer, or name it by quipu.sandbox.python.");
    }

    /** The system's own first: what stands earlier on a user's path is often a script, or in a folder of his own. */
    private static Set<Path> candidates() {
        Set<Path> found = new LinkedHashSet<>(List.of(Path.of("/usr/bin/python3"), Path.of("/usr/local/bin/python3")));
        String path = System.getenv("PATH");
        Arrays.stream((path == null ? "" : path).split(File.pathSeparator))
                .filter(folder -> folder.startsWith("/"))
                .forEach(folder -> found.add(Path.of(folder, "python3")));
        found.removeIf(program -> !Files.isExecutable(program));
        return found;
    }

    private static Interpreter ask(Path program) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(program.toString(), "-I", "-c", QUESTION);
        builder.environment().clear();
        builder.redirectError(ProcessBuilder.Redirect.DISCARD);
        Process process = builder.start();
        process.getOutputStream().close();
        try (var output = process.getInputStream()) {
            if (!process.waitFor(ANSWER_SECONDS, TimeUnit.SECONDS)) {
                throw new IOException("does not answer");
            }
            List<String> lines = new String(output.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            if (process.exitValue() != 0 || lines.size() < 2) {
                throw new IOException("does not run");
            }
            if (!lines.getFirst().equals("cpython")) {
                throw new IOException("is " + lines.getFirst() + ", not CPython");
            }
            require(lines.get(1));
            return new Interpreter(
                    program, lines.get(1), lines.stream().skip(2).map(Path::of).toList());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("was interrupted", e);
        } finally {
            process.destroyForcibly();
        }
    }

    private static void require(String version) throws IOException {
        String[] parts = version.split("\\.");
        int major = Integer.parseInt(parts[0]);
        if (major != MAJOR || Integer.parseInt(parts[1]) < MINOR) {
            throw new IOException("is version " + version);
        }
    }
}
