package dev.quipu.llama.jni;

import dev.quipu.llama.natives.NativeBundle;
import dev.quipu.llama.natives.NativeCache;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/**
 * The library inside java-llama.cpp's jar, loaded once in a process.
 *
 * <p>Its own loader writes to one fixed place in the temporary folder, deletes others' files there and prints to standard
 * output. So the library is unpacked here, into a folder named after its hash, and the loader is told to take that.
 */
final class JniLibrary {
    private static final Map<String, String> FOLDERS = Map.of(
            "linux-x64", "Linux/x86_64",
            "linux-arm64", "Linux/aarch64",
            "mac-x64", "Mac/x86_64",
            "mac-arm64", "Mac/aarch64",
            "win-x64", "Windows/x86_64");

    private static final String PATH = "de.kherud.llama.lib.path";
    private static final String TEMPORARY = "de.kherud.llama.tmpdir";

    private JniLibrary() {}

    /** Why it cannot be used; empty when it is loaded. */
    static Optional<String> problem() {
        return Outcome.PROBLEM;
    }

    /** Made on the first question, by one thread. */
    private static final class Outcome {
        static final Optional<String> PROBLEM = load();
    }

    private static Optional<String> load() {
        String folder = FOLDERS.getOrDefault(NativeBundle.platform(), "none");
        String file = System.mapLibraryName("jllama");
        try (InputStream in = JniLibrary.class.getResourceAsStream("/de/kherud/llama/" + folder + "/" + file)) {
            if (in == null) {
                return Optional.of("java-llama.cpp has no library for " + NativeBundle.platform());
            }
            if (System.getProperty(PATH) == null) {
                System.setProperty(PATH, unpack(in.readAllBytes(), file).toString());
            }
            if (System.getProperty(TEMPORARY) == null) {
                System.setProperty(
                        TEMPORARY,
                        Files.createDirectories(NativeCache.folder().resolve("jni-temporary"))
                                .toString());
            }
            Class.forName("de.kherud.llama.LlamaModel");
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of("the library of java-llama.cpp cannot be unpacked: " + e);
        } catch (ClassNotFoundException | LinkageError e) {
            return Optional.of("the library of java-llama.cpp does not load: " + e);
        }
    }

    private static Path unpack(byte[] library, String file) throws IOException {
        byte[] hash = sha256(library);
        Path folder = Files.createDirectories(
                NativeCache.folder().resolve("jni-" + HexFormat.of().formatHex(hash, 0, 8)));
        Path target = folder.resolve(file);
        if (!Files.exists(target) || !Arrays.equals(hash, sha256(Files.readAllBytes(target)))) {
            Path temporary = Files.createTempFile(folder, "unpack", null);
            try {
                Files.write(temporary, library);
                Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(temporary);
            }
        }
        return folder;
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
