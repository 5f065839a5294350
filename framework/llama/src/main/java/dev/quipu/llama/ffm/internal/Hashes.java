package dev.quipu.llama.ffm.internal;

import dev.quipu.llama.gguf.GgufFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** What tells models, adapters and prefixes apart. */
final class Hashes {
    private static final int BLOCK = 1 << 16;
    private static final int SAMPLES = 256;
    private static final int SAMPLE = 1 << 12;

    private Hashes() {}

    static byte[] sha256(String key, int[] tokens) {
        MessageDigest digest = digest();
        digest.update(key.getBytes(StandardCharsets.UTF_8));
        ByteBuffer bytes = ByteBuffer.allocate(4 * tokens.length);
        for (int token : tokens) {
            bytes.putInt(token);
        }
        return digest.digest(bytes.array());
    }

    /** Of a whole file. */
    static byte[] file(Path file) {
        try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ)) {
            MessageDigest digest = digest();
            update(digest, in, 0, in.size());
            return digest.digest();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Of a model's header and of places all over its weights, for a release of llama.cpp: another model differs in nearly
     * every weight, and reading gigabytes at each start would cost more than what spilling saves.
     */
    static byte[] model(Path model, GgufFile header, String release) {
        try (FileChannel in = FileChannel.open(model, StandardOpenOption.READ)) {
            MessageDigest digest = digest();
            digest.update(release.getBytes(StandardCharsets.UTF_8));
            digest.update(ByteBuffer.allocate(8).putLong(in.size()).flip());
            update(digest, in, 0, header.dataOffset());
            long data = in.size() - header.dataOffset();
            for (int i = 0; i < SAMPLES; i++) {
                long from = header.dataOffset() + data / SAMPLES * i;
                update(digest, in, from, Math.min(in.size(), from + SAMPLE));
            }
            return digest.digest();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void update(MessageDigest digest, FileChannel in, long from, long to) throws IOException {
        ByteBuffer block = ByteBuffer.allocate(BLOCK);
        for (long at = from; at < to; ) {
            block.clear().limit((int) Math.min(BLOCK, to - at));
            int read = in.read(block, at);
            if (read < 0) {
                return;
            }
            digest.update(block.flip());
            at += read;
        }
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
