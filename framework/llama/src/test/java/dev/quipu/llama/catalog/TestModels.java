package dev.quipu.llama.catalog;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;

/** A catalogue of one model, and stores that have it from here or there. */
final class TestModels {
    static final String NAME = "tiny-model";
    static final ModelEntry.Source HUB = new ModelEntry.Source.Hub("people/tiny", "tiny.gguf");

    private TestModels() {}

    /** Bytes that no compression makes smaller. */
    static byte[] content(int size) {
        byte[] content = new byte[size];
        new SplittableRandom(size).nextBytes(content);
        return content;
    }

    static ModelEntry entry(byte[] content, ModelEntry.Source... sources) {
        return new ModelEntry(
                NAME,
                "Tiny",
                "llama",
                "1M",
                "F32",
                "MIT",
                64,
                "",
                content.length,
                sha256(content),
                "tests",
                List.of(sources));
    }

    static ModelStore store(Path folder, ModelEntry entry, TestHub hub, List<String> client) {
        return new ModelStore(
                folder,
                new ModelCatalog(List.of(entry)),
                new HubSource(hub.address(), "secret", Duration.ofSeconds(20)),
                new PackageSource(client),
                f -> Long.MAX_VALUE);
    }

    static ModelStore store(Path folder, byte[] content, TestHub hub) {
        return store(folder, entry(content, HUB), hub, List.of("false"));
    }

    static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    static String sha256(InputStream content) throws IOException {
        try (content) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[1 << 20];
            for (int n = content.read(buffer); n >= 0; n = content.read(buffer)) {
                digest.update(buffer, 0, n);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
