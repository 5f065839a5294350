package dev.quipu.llama.gguf;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;

/** Tiny models as files, for tests of other packages. */
public final class TinyFiles {
    private TinyFiles() {}

    /** A model whose weights are random. */
    public static Path random(Path folder) throws IOException {
        return Files.write(
                folder.resolve("tiny.gguf"), TinyModel.of("llama", false).build());
    }

    /** A model of other tokens. */
    public static Path bytePairs(Path folder) throws IOException {
        return Files.write(
                folder.resolve("pairs.gguf"), TinyModel.of("llama", true).build());
    }

    /** A model that gives all tokens the same probability, and how many there are. */
    public record Uniform(Path file, int tokens) {}

    public static Uniform uniform(Path folder) throws IOException {
        GgufBytes bytes = TinyModel.of("llama", false);
        replaceFirst(bytes, 0);
        return new Uniform(
                Files.write(folder.resolve("uniform.gguf"), bytes.build()),
                bytes.array("tokenizer.ggml.tokens").size());
    }

    /** A model with a weight that is no number, which only llama.cpp sees. */
    public static Path notANumber(Path folder) throws IOException {
        GgufBytes bytes = TinyModel.of("llama", false);
        replaceFirst(bytes, Float.NaN);
        return Files.write(folder.resolve("nan.gguf"), bytes.build());
    }

    /** The table of embeddings comes first, and the output uses it, too. */
    private static void replaceFirst(GgufBytes bytes, float value) {
        ByteBuffer data = ByteBuffer.wrap(bytes.tensors.getFirst().data()).order(ByteOrder.LITTLE_ENDIAN);
        Collections.nCopies(data.capacity() / Float.BYTES, value).forEach(data::putFloat);
    }
}
