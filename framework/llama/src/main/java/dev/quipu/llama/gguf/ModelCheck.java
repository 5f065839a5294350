package dev.quipu.llama.gguf;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Whether a model may be given to native code.
 *
 * <p>llama.cpp answers most damage with an error. What it asserts instead ends the whole process, the JVM with it: two
 * tokens of one text, hyper-parameters outside of its tables, heads that do not divide, a norm that is negative, tensors
 * of a type that it cannot compute with. This checks for these. It does not repeat what llama.cpp refuses by itself.
 */
public final class ModelCheck {
    private ModelCheck() {}

    /**
     * Reads a model's header and checks it. The file must not change until it is loaded.
     *
     * @throws GgufException that says why the model must not be loaded
     */
    public static GgufFile require(Path model) {
        return require(model, Architecture.Use.TEXT);
    }

    /**
     * The same for a model that is to make vectors of texts.
     *
     * @throws GgufException that says why the model must not be loaded
     */
    public static GgufFile requireEncoder(Path model) {
        return require(model, Architecture.Use.VECTORS);
    }

    private static GgufFile require(Path model, Architecture.Use use) {
        try (FileChannel channel = FileChannel.open(model, StandardOpenOption.READ)) {
            return require(channel, use);
        } catch (IOException e) {
            throw new GgufException(GgufError.UNREADABLE, model + " cannot be read: " + e.getMessage() + ".", e);
        }
    }

    static GgufFile require(SeekableByteChannel channel) throws IOException {
        return require(channel, Architecture.Use.TEXT);
    }

    private static GgufFile require(SeekableByteChannel channel, Architecture.Use use) throws IOException {
        GgufFile file = GgufFile.read(channel);
        Architecture architecture = Architecture.of(file, use);
        new ParameterCheck(file, architecture).run();
        VocabularyCheck vocabulary = new VocabularyCheck(file);
        vocabulary.run(new HeaderReader(channel));
        new TensorCheck(file, architecture).run();
        return file;
    }
}
