package dev.quipu.kg;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Hashes by which a load sees what changed since the last one. */
public final class Fingerprint {
    private Fingerprint() {}

    /** Of a text. */
    public static String of(String text) {
        return HexFormat.of().formatHex(sha256().digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** Of a file's bytes and of the rules that read it. */
    static String of(Path file, String rules) {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = sha256();
            digest.update(rules.getBytes(StandardCharsets.UTF_8));
            in.transferTo(new DigestOutputStream(OutputStream.nullOutputStream(), digest));
            return HexFormat.of().formatHex(digest.digest());
        } catch (IOException e) {
            throw new GraphException(
                    GraphError.DATA,
                    file + " cannot be read: " + e.getMessage() + ". Correct the file or its path.",
                    e);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
