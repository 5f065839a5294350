package dev.quipu.kg.question;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Vectors that are computed once and kept in a file, named after what they were computed from. A file that cannot be
 * read or written only costs time.
 */
final class VectorFile {
    private static final Logger log = LoggerFactory.getLogger(VectorFile.class);

    private final Path file;

    /**
     * @param kind what the vectors are
     * @param sources what they depend on, all of it
     */
    VectorFile(Path folder, String kind, List<String> sources) {
        file = folder.resolve(hash(sources) + "." + kind);
    }

    private static String hash(List<String> sources) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String source : sources) {
                digest.update(source.getBytes(StandardCharsets.UTF_8));
                digest.update((byte) 0);
            }
            return HexFormat.of().formatHex(digest.digest(), 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** The vectors of the file, else those that are computed now and kept for the next time. */
    List<float[]> get(int count, Supplier<List<float[]>> compute) {
        Optional<List<float[]>> known = read(count);
        if (known.isPresent()) {
            return known.get();
        }
        List<float[]> computed = compute.get();
        write(computed);
        return computed;
    }

    private Optional<List<float[]>> read(int count) {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try (InputStream raw = Files.newInputStream(file);
                DataInputStream in = new DataInputStream(raw)) {
            int dimensions = in.readInt();
            if ((long) dimensions * count * Float.BYTES + Integer.BYTES != Files.size(file)) {
                return Optional.empty();
            }
            List<float[]> vectors = new ArrayList<>(count);
            byte[] bytes = new byte[dimensions * Float.BYTES];
            for (int i = 0; i < count; i++) {
                in.readFully(bytes);
                float[] vector = new float[dimensions];
                ByteBuffer.wrap(bytes).asFloatBuffer().get(vector);
                vectors.add(vector);
            }
            return Optional.of(vectors);
        } catch (IOException e) {
            log.atWarn().addKeyValue("file", file.getFileName()).log("Unreadable vectors, computing them again", e);
            return Optional.empty();
        }
    }

    private void write(List<float[]> vectors) {
        try {
            Path folder = file.toAbsolutePath().getParent();
            Files.createDirectories(folder);
            Path temporary = Files.createTempFile(folder, "vectors", ".tmp");
            try (OutputStream raw = Files.newOutputStream(temporary);
                    DataOutputStream out = new DataOutputStream(new java.io.BufferedOutputStream(raw))) {
                out.writeInt(vectors.isEmpty() ? 0 : vectors.getFirst().length);
                for (float[] vector : vectors) {
                    ByteBuffer bytes = ByteBuffer.allocate(vector.length * Float.BYTES);
                    bytes.asFloatBuffer().put(vector);
                    out.write(bytes.array());
                }
            }
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            log.atWarn().addKeyValue("file", file.getFileName()).log("Vectors are not kept", e);
        }
    }
}
