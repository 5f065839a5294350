package dev.quipu.kg.question;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.EmbeddingModel;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Embeds the examples of a suite once: their vectors lie in a file named after the model and the texts. A file that
 * cannot be read or written only costs time.
 */
final class CachedEmbedder implements TextEmbedder {
    private static final Logger log = LoggerFactory.getLogger(CachedEmbedder.class);

    private final EmbeddingModel model;
    private final Path folder;

    CachedEmbedder(EmbeddingModel model, Path folder) {
        this.model = model;
        this.folder = folder;
    }

    @Override
    public List<float[]> embed(List<String> texts) {
        Path file = folder.resolve(key(texts) + ".vec");
        Optional<List<float[]>> known = read(file, texts.size());
        if (known.isPresent()) {
            return known.get();
        }
        List<float[]> vectors = model
                .embedAll(texts.stream().map(TextSegment::from).toList())
                .content()
                .stream()
                .map(e -> e.vector())
                .toList();
        write(file, vectors);
        return vectors;
    }

    private String key(List<String> texts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(model.getClass().getName().getBytes(StandardCharsets.UTF_8));
            for (String text : texts) {
                digest.update(text.getBytes(StandardCharsets.UTF_8));
                digest.update((byte) 0);
            }
            return HexFormat.of().formatHex(digest.digest(), 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static Optional<List<float[]>> read(Path file, int count) {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try (InputStream raw = Files.newInputStream(file);
                DataInputStream in = new DataInputStream(new java.io.BufferedInputStream(raw))) {
            List<float[]> vectors = new ArrayList<>(count);
            int dimensions = in.readInt();
            if ((long) dimensions * count * Float.BYTES + Integer.BYTES != Files.size(file)) {
                return Optional.empty();
            }
            for (int i = 0; i < count; i++) {
                float[] vector = new float[dimensions];
                for (int d = 0; d < dimensions; d++) {
                    vector[d] = in.readFloat();
                }
                vectors.add(vector);
            }
            return Optional.of(vectors);
        } catch (IOException e) {
            log.atWarn().addKeyValue("file", file.getFileName()).log("Unreadable vector cache, embedding again", e);
            return Optional.empty();
        }
    }

    private void write(Path file, List<float[]> vectors) {
        try {
            Files.createDirectories(folder);
            Path temporary = Files.createTempFile(folder, "vec", ".tmp");
            try (OutputStream raw = Files.newOutputStream(temporary);
                    DataOutputStream out = new DataOutputStream(new java.io.BufferedOutputStream(raw))) {
                out.writeInt(vectors.isEmpty() ? 0 : vectors.getFirst().length);
                for (float[] vector : vectors) {
                    for (float x : vector) {
                        out.writeFloat(x);
                    }
                }
            }
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            log.atWarn().addKeyValue("file", file.getFileName()).log("Vectors of the examples are not cached", e);
        }
    }
}
