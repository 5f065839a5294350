package dev.quipu.llama.natives;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where packed libraries come from: a folder a bundle, named after it. */
interface NativeSource {
    /** The jars of the class path. */
    NativeSource CLASS_PATH = (bundle, file) -> {
        @Nullable
        InputStream in = NativeSource.class.getResourceAsStream("/dev/quipu/llama/natives/" + bundle + "/" + file);
        return Optional.ofNullable(in);
    };

    Optional<InputStream> open(String bundle, String file) throws IOException;

    /** Whether a bundle is there. */
    default boolean has(String bundle) {
        try (InputStream in = open(bundle, "natives.properties").orElse(InputStream.nullInputStream())) {
            return in.read() >= 0;
        } catch (IOException e) {
            return false;
        }
    }

    /** Bundles in a folder of the file system. */
    static NativeSource in(Path folder) {
        return (bundle, file) -> {
            Path path = folder.resolve(bundle).resolve(file);
            return Files.exists(path) ? Optional.of(Files.newInputStream(path)) : Optional.empty();
        };
    }
}
