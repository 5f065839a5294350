package dev.quipu.llama.natives;

import dev.quipu.llama.EngineError;
import dev.quipu.llama.EngineException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The llama.cpp libraries of this platform in a folder of the file system.
 *
 * @param folder where they lie
 * @param release the llama.cpp release they were built from
 * @param backend {@code cpu}, {@code cuda} or {@code vulkan}
 */
public record NativeBundle(Path folder, String release, String backend) {
    private static final String DONE = ".complete";

    /** Whether libraries for this platform are named by {@code quipu.llama.library-path} or lie on the class path. */
    public static boolean available() {
        return System.getProperty("quipu.llama.library-path") != null
                || NativeBundle.class.getResource(path("natives.properties")) != null;
    }

    /** The platform's name as in the artifacts: {@code linux-x64}, {@code mac-arm64}, … */
    public static String platform() {
        String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String arch = System.getProperty("os.arch");
        String system =
                os.startsWith("linux") ? "linux" : os.startsWith("mac") ? "mac" : os.startsWith("win") ? "win" : os;
        return system + "-"
                + (arch.equals("amd64") || arch.equals("x86_64") ? "x64" : arch.equals("aarch64") ? "arm64" : arch);
    }

    /**
     * Finds the libraries, unpacking them on first use.
     *
     * <p>They are unpacked into a folder named after their list of hashes: each file is checked against it, and a rename
     * makes the whole folder appear at once, so several processes can do this side by side.
     *
     * @param cache where unpacked libraries are kept
     * @param known releases whose structures the caller knows
     * @throws EngineException if there are none, one is damaged, or the release is unknown
     */
    public static NativeBundle locate(Path cache, Set<String> known) {
        @Nullable String named = System.getProperty("quipu.llama.library-path");
        try {
            NativeBundle bundle = named == null ? unpack(cache) : of(Path.of(named));
            if (!known.contains(bundle.release())) {
                throw new EngineException(
                        EngineError.NATIVES,
                        "The libraries in " + bundle.folder() + " are of llama.cpp " + bundle.release()
                                + ", but the layouts of " + known
                                + " are known. Use quipu-llama-natives of this version.");
            }
            return bundle;
        } catch (IOException e) {
            throw new EngineException(
                    EngineError.NATIVES, "The llama.cpp libraries cannot be unpacked: " + e + ". Check the disk.", e);
        }
    }

    private static NativeBundle of(Path folder) throws IOException {
        Properties properties = new Properties();
        try (InputStream in = Files.newInputStream(folder.resolve("natives.properties"))) {
            properties.load(in);
        }
        return new NativeBundle(
                folder, properties.getProperty("release", "?"), properties.getProperty("backend", "cpu"));
    }

    private static NativeBundle unpack(Path cache) throws IOException {
        byte[] sums = read("SHA256SUMS");
        Map<String, String> hashes = new LinkedHashMap<>();
        new String(sums, StandardCharsets.UTF_8).lines().forEach(l -> hashes.put(l.substring(66), l.substring(0, 64)));
        Path folder = cache.resolve(hex(sha256().digest(sums)).substring(0, 16));
        if (!complete(folder, hashes.keySet())) {
            delete(folder);
            Files.createDirectories(cache);
            Path temporary = Files.createTempDirectory(cache, "unpack");
            try {
                for (Map.Entry<String, String> file : hashes.entrySet()) {
                    copy(file.getKey(), file.getValue(), temporary);
                }
                Files.write(temporary.resolve("natives.properties"), read("natives.properties"));
                Files.createFile(temporary.resolve(DONE));
                Files.move(temporary, folder, StandardCopyOption.ATOMIC_MOVE);
            } catch (FileSystemException lost) {
                if (!complete(folder, hashes.keySet())) { // else another process was first
                    throw lost;
                }
            } finally {
                delete(temporary);
            }
        }
        return of(folder);
    }

    private static boolean complete(Path folder, Set<String> files) {
        return Files.exists(folder.resolve(DONE)) && files.stream().allMatch(f -> Files.exists(folder.resolve(f)));
    }

    private static void copy(String name, String expected, Path folder) throws IOException {
        MessageDigest digest = sha256();
        try (InputStream in = new DigestInputStream(open(name), digest)) {
            Files.copy(in, folder.resolve(name));
        }
        String found = hex(digest.digest());
        if (!found.equals(expected)) {
            throw new EngineException(
                    EngineError.NATIVES,
                    name + " has the sha256 " + found + ", expected " + expected
                            + ". The jar is damaged; get it again.");
        }
    }

    private static byte[] read(String name) throws IOException {
        try (InputStream in = open(name)) {
            return in.readAllBytes();
        }
    }

    private static InputStream open(String name) {
        return resource(name)
                .orElseThrow(() -> new EngineException(
                        EngineError.NATIVES,
                        "No llama.cpp libraries for " + platform()
                                + " are on the class path. Add quipu-llama-natives."));
    }

    private static Optional<InputStream> resource(String name) {
        return Optional.ofNullable(NativeBundle.class.getResourceAsStream(path(name)));
    }

    private static String path(String name) {
        return "/dev/quipu/llama/natives/" + platform() + "/" + name;
    }

    private static void delete(Path folder) throws IOException {
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

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
