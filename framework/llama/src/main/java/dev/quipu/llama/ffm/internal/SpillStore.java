package dev.quipu.llama.ffm.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Prefixes on disk: a folder for each model, of bounded size, whose least recently used files go first.
 *
 * <p>A file that is damaged, or of another model, is never used: that is logged, and its prefix is computed again.
 * Thread-safe.
 */
final class SpillStore {
    private static final Logger log = LoggerFactory.getLogger(SpillStore.class);
    private static final String SUFFIX = ".prefix";

    private record Entry(Path file, String key, List<Integer> tokens) {
        int[] array() {
            return tokens.stream().mapToInt(Integer::intValue).toArray();
        }
    }

    private final Path folder;
    private final byte[] identity;
    private final long limit;
    private final int least;
    private final Clock clock;
    private final Map<String, TokenTree<Entry>> entries = new HashMap<>();

    /**
     * @param identity of the model, 32 bytes
     * @param limit bytes that its files may take
     * @param least tokens that are worth a file
     */
    SpillStore(Path folder, byte[] identity, long limit, int least, Clock clock) {
        this.identity = identity.clone();
        this.limit = limit;
        this.least = least;
        this.clock = clock;
        this.folder = folder.resolve(HexFormat.of().formatHex(identity, 0, 8));
        try {
            makeFolder();
            files().forEach(this::index);
        } catch (IOException e) {
            throw new UncheckedIOException("The folder " + this.folder + " for spilled prefixes cannot be used", e);
        }
    }

    private void makeFolder() throws IOException {
        if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } else {
            Files.createDirectories(folder);
        }
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(f -> f.toString().endsWith(SUFFIX)).toList();
        }
    }

    private void index(Path file) {
        try {
            SpillFile.Head head = SpillFile.head(file);
            if (!java.util.Arrays.equals(head.identity(), identity)) {
                ignore(file, "it is of another model");
                return;
            }
            Entry entry = new Entry(
                    file,
                    head.key(),
                    java.util.Arrays.stream(head.tokens()).boxed().toList());
            entries.computeIfAbsent(entry.key(), k -> new TokenTree<>()).add(head.tokens(), entry);
        } catch (IOException e) {
            ignore(file, String.valueOf(e.getMessage()));
        }
    }

    private static void ignore(Path file, String reason) {
        log.atWarn()
                .addKeyValue("file", file)
                .addKeyValue("reason", reason)
                .log("A spilled prefix is not used; it is computed again");
    }

    boolean worth(int tokens) {
        return tokens >= least;
    }

    /** Whether a file has all of these tokens. */
    synchronized boolean has(String key, int[] tokens) {
        return tree(key).common(tokens) == tokens.length;
    }

    /** The prefix that has most of these tokens, if it has enough of them to be worth reading. */
    Optional<SpilledPrefix> find(String key, int[] tokens) {
        List<Entry> found = new ArrayList<>();
        synchronized (this) {
            tree(key).visit(tokens, (common, entry) -> {
                if (common >= least) {
                    found.add(entry);
                }
                return false;
            });
        }
        if (found.isEmpty()) {
            return Optional.empty();
        }
        Entry entry = found.getFirst();
        try {
            SpilledPrefix prefix = SpillFile.read(entry.file());
            if (!prefix.tokens().equals(entry.tokens())) {
                throw new IOException("it was exchanged for another");
            }
            Files.setLastModifiedTime(entry.file(), FileTime.from(clock.instant()));
            return Optional.of(prefix);
        } catch (IOException e) {
            ignore(entry.file(), String.valueOf(e.getMessage()));
            forget(entry);
            return Optional.empty();
        }
    }

    /** Writes a prefix; those that it continues are no longer needed. */
    void save(String key, int[] tokens, MemorySegment state) throws IOException {
        Path file = folder.resolve(name(key, tokens));
        SpillFile.write(file, identity, key, tokens, state);
        List<Entry> continued = new ArrayList<>();
        synchronized (this) {
            tree(key).visit(tokens, (common, entry) -> {
                if (common == entry.tokens().size()) {
                    continued.add(entry);
                }
                return true;
            });
        }
        continued.stream().filter(e -> !e.file().equals(file)).forEach(this::forget);
        Entry entry =
                new Entry(file, key, java.util.Arrays.stream(tokens).boxed().toList());
        synchronized (this) {
            entries.computeIfAbsent(key, k -> new TokenTree<>()).add(tokens, entry);
        }
        keepWithin();
    }

    /** Files of the folder that are not in the index count too, and go like the others. */
    private synchronized void keepWithin() throws IOException {
        record Kept(Path file, long size, FileTime used) {}
        List<Kept> all = new ArrayList<>();
        for (Path file : files()) {
            all.add(new Kept(file, Files.size(file), Files.getLastModifiedTime(file)));
        }
        all.sort(Comparator.comparing(Kept::used));
        long total = all.stream().mapToLong(Kept::size).sum();
        for (Kept kept : all) {
            if (total <= limit) {
                return;
            }
            total -= kept.size();
            indexed(kept.file()).ifPresentOrElse(this::forget, () -> delete(kept.file()));
        }
    }

    private Optional<Entry> indexed(Path file) {
        List<Entry> found = new ArrayList<>();
        entries.values()
                .forEach(tree -> tree.visit(new int[0], (common, entry) -> {
                    if (entry.file().equals(file)) {
                        found.add(entry);
                    }
                    return found.isEmpty();
                }));
        return found.stream().findFirst();
    }

    private synchronized void forget(Entry entry) {
        tree(entry.key()).remove(entry.array(), entry);
        delete(entry.file());
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            ignore(file, "it cannot be deleted: " + e.getMessage());
        }
    }

    private TokenTree<Entry> tree(String key) {
        return entries.getOrDefault(key, new TokenTree<>());
    }

    private static String name(String key, int[] tokens) {
        return HexFormat.of().formatHex(Hashes.sha256(key, tokens), 0, 16) + SUFFIX;
    }
}
