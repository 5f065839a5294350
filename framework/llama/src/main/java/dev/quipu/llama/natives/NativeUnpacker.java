package dev.quipu.llama.natives;

import dev.quipu.llama.EngineError;
import dev.quipu.llama.EngineException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Unpacks a bundle of libraries into a folder that all processes of a user share.
 *
 * <p>The folder is named after the list of hashes and appears by one rename, so several processes can unpack side by side:
 * the first one wins, and the others take its folder. Each process hashes every file once before it loads any. That costs
 * less than loading them, needs no record that could itself be wrong, and finds a damaged file whatever damaged it; such a
 * folder is moved aside and unpacked anew.
 */
final class NativeUnpacker {
    private static final Logger log = LoggerFactory.getLogger(NativeUnpacker.class);
    private static final Pattern LINE = Pattern.compile("([0-9a-f]{64})  ([A-Za-z0-9._-]+)");
    private static final String PROPERTIES = "natives.properties";

    private final NativeSource source;
    private final String bundle;

    NativeUnpacker(NativeSource source, String bundle) {
        this.source = source;
        this.bundle = bundle;
    }

    Path unpack(Path cache) throws IOException {
        byte[] sums = read("SHA256SUMS");
        Map<String, String> hashes = hashes(sums);
        Path folder = cache.resolve(hex(sha256().digest(sums)).substring(0, 16));
        if (Files.exists(folder)) {
            List<String> damaged = damaged(folder, hashes);
            if (damaged.isEmpty()) {
                return folder;
            }
            log.atWarn()
                    .addKeyValue("folder", folder)
                    .addKeyValue("files", damaged)
                    .log("Unpacked libraries are damaged");
            moveAside(folder);
        }
        Files.createDirectories(cache);
        Path temporary = Files.createTempDirectory(cache, "unpack");
        try {
            for (Map.Entry<String, String> file : hashes.entrySet()) {
                copy(file.getKey(), file.getValue(), temporary);
            }
            Files.write(temporary.resolve(PROPERTIES), read(PROPERTIES));
            Files.move(temporary, folder, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException lost) {
            if (!Files.exists(folder) || !damaged(folder, hashes).isEmpty()) { // else another process was first
                throw lost;
            }
        } finally {
            delete(temporary);
        }
        return folder;
    }

    /** A process may still run on the damaged files: renamed they stay its own. */
    private static void moveAside(Path folder) throws IOException {
        Path aside = Files.createTempDirectory(folder.getParent(), "damaged");
        try {
            Files.move(folder, aside.resolve(folder.getFileName()), StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException e) {
            if (Files.exists(folder)) { // else another process moved it
                throw e;
            }
        }
        delete(aside);
    }

    /** The list of hashes. Names are plain: one with a path could be written anywhere. */
    private Map<String, String> hashes(byte[] sums) {
        Map<String, String> hashes = new LinkedHashMap<>();
        new String(sums, StandardCharsets.UTF_8).lines().forEach(line -> {
            Matcher parts = LINE.matcher(line);
            if (!parts.matches()) {
                throw new EngineException(
                        EngineError.NATIVES,
                        "The list of hashes of " + bundle + " has the line '" + line + "'. Get the jar again.");
            }
            hashes.put(parts.group(2), parts.group(1));
        });
        return hashes;
    }

    private static List<String> damaged(Path folder, Map<String, String> hashes) throws IOException {
        List<String> damaged = new java.util.ArrayList<>();
        for (Map.Entry<String, String> file : hashes.entrySet()) {
            Path path = folder.resolve(file.getKey());
            if (!Files.exists(path) || !hash(path).equals(file.getValue())) {
                damaged.add(file.getKey());
            }
        }
        if (!Files.exists(folder.resolve(PROPERTIES))) {
            damaged.add(PROPERTIES);
        }
        return damaged;
    }

    static String hash(Path file) throws IOException {
        MessageDigest digest = sha256();
        try (OutputStream out = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
            Files.copy(file, out);
        }
        return hex(digest.digest());
    }

    private void copy(String name, String expected, Path folder) throws IOException {
        Path target = folder.resolve(name);
        try (InputStream in = open(name)) {
            Files.copy(in, target);
        }
        String found = hash(target);
        if (!found.equals(expected)) {
            throw new EngineException(
                    EngineError.NATIVES,
                    name + " of " + bundle + " has the sha256 " + found + ", expected " + expected
                            + ". The jar is damaged; get it again.");
        }
    }

    private byte[] read(String name) throws IOException {
        try (InputStream in = open(name)) {
            return in.readAllBytes();
        }
    }

    private InputStream open(String name) throws IOException {
        return source.open(bundle, name)
                .orElseThrow(() -> new EngineException(
                        EngineError.NATIVES, "The libraries of " + bundle + " lack " + name + ". Get the jar again."));
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
