package dev.quipu.kg;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Copies the folder of an embedded graph into one file and back.
 *
 * <p>Neo4j Community cannot copy a graph that is in use, so a backup takes the graph's own lock for as long as it reads:
 * who has the graph open makes it a typed refusal, and nobody can open it meanwhile. The last entry of the file holds a
 * checksum of each of the others; a file that was cut off or changed is refused before anything is written.
 */
public final class GraphBackup {
    private static final String SUMS = "quipu-backup.sha256";
    private static final String LOCK = "data/databases/store_lock";

    private GraphBackup() {}

    /**
     * Writes a backup; a file of that name is replaced once the new one is whole.
     *
     * @return how many bytes it takes
     * @throws GraphException if the graph is in use, is none, or cannot be read
     */
    public static long backup(Path graph, Path file) {
        Path lock = graph.resolve(LOCK);
        if (!Files.isRegularFile(lock)) {
            throw failed(graph + " holds no graph. Name the folder that was given to --graph", null);
        }
        Path parent = Optional.ofNullable(file.toAbsolutePath().getParent()).orElseThrow();
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE);
                @Nullable FileLock held = tryLock(channel)) {
            if (held == null) {
                throw new GraphException(
                        GraphError.LOCKED, "The graph in " + graph + " is in use. Stop what uses it, then back it up.");
            }
            Files.createDirectories(parent);
            Path whole = Files.createTempFile(parent, "quipu", ".backup");
            try {
                write(graph, whole);
                Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(whole);
            }
            return Files.size(file);
        } catch (IOException e) {
            throw failed("The backup of " + graph + " failed: " + e.getMessage(), e);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    private static void write(Path graph, Path to) throws IOException {
        Map<String, String> sums = new TreeMap<>();
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(to))) {
            for (Path file : files(graph)) {
                String name = graph.relativize(file).toString().replace('\\', '/');
                zip.putNextEntry(new ZipEntry(name));
                MessageDigest digest = sha256();
                Files.copy(file, new DigestOutputStream(zip, digest));
                sums.put(name, HexFormat.of().formatHex(digest.digest()));
            }
            zip.putNextEntry(new ZipEntry(SUMS));
            StringBuilder lines = new StringBuilder();
            sums.forEach(
                    (name, sum) -> lines.append(sum).append("  ").append(name).append('\n'));
            zip.write(lines.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
    }

    /** The store and its transactions; logs for people stay behind. */
    private static List<Path> files(Path graph) throws IOException {
        try (Stream<Path> files = Files.walk(graph.resolve("data"))) {
            return files.filter(Files::isRegularFile)
                    .filter(f -> !f.equals(graph.resolve(LOCK)))
                    .sorted()
                    .toList();
        }
    }

    /**
     * Makes a graph's folder of a backup.
     *
     * @param graph a folder that is empty or not there
     * @return how many files it has
     * @throws GraphException if the backup is damaged or the folder is in the way
     */
    public static int restore(Path file, Path graph) {
        try {
            if (Files.isDirectory(graph)) {
                try (Stream<Path> there = Files.list(graph)) {
                    if (there.findAny().isPresent()) {
                        throw failed(graph + " is not empty. Restore into a new folder, then move it", null);
                    }
                }
            }
            try (ZipFile zip = new ZipFile(file.toFile())) {
                Map<String, String> sums = sums(zip);
                List<String> wrong = new ArrayList<>();
                for (Map.Entry<String, String> sum : sums.entrySet()) {
                    Path target = graph.resolve(sum.getKey()).normalize();
                    ZipEntry entry = zip.getEntry(sum.getKey());
                    boolean inside = target.startsWith(graph.normalize());
                    if (!inside
                            || entry == null
                            || !sum.getValue().equals(sum(zip, entry, OutputStream.nullOutputStream()))) {
                        wrong.add(sum.getKey());
                    }
                }
                if (!wrong.isEmpty()) {
                    throw failed(
                            file + " is damaged: " + wrong.size() + " of its files differ from their checksum", null);
                }
                for (String name : sums.keySet()) {
                    Path target = graph.resolve(name);
                    Files.createDirectories(
                            Optional.ofNullable(target.getParent()).orElseThrow());
                    try (OutputStream out = Files.newOutputStream(target)) {
                        sum(zip, zip.getEntry(name), out);
                    }
                }
                return sums.size();
            }
        } catch (IOException e) {
            throw failed(file + " cannot be restored: " + e.getMessage(), e);
        }
    }

    private static Map<String, String> sums(ZipFile zip) throws IOException {
        ZipEntry entry = zip.getEntry(SUMS);
        if (entry == null) {
            throw failed(zip.getName() + " is no backup of a graph, or its end is missing", null);
        }
        Map<String, String> sums = new TreeMap<>();
        try (InputStream in = zip.getInputStream(entry)) {
            new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8)
                    .lines()
                    .map(l -> l.split(" {2}", 2))
                    .filter(l -> l.length == 2)
                    .forEach(l -> sums.put(l[1], l[0]));
        }
        return sums;
    }

    private static String sum(ZipFile zip, ZipEntry entry, OutputStream to) throws IOException {
        MessageDigest digest = sha256();
        try (InputStream in = zip.getInputStream(entry)) {
            in.transferTo(new DigestOutputStream(to, digest));
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static GraphException failed(String detail, @Nullable Throwable cause) {
        return new GraphException(GraphError.BACKUP, detail + ".", cause);
    }
}
