package dev.quipu.llama;

import dev.quipu.llama.gguf.GgufFile;
import dev.quipu.llama.quantize.Quantization;
import dev.quipu.llama.quantize.QuantizeException;
import dev.quipu.llama.quantize.QuantizeJob;
import dev.quipu.llama.quantize.QuantizeRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies of models with {@link Weights#BATCHED}, in the cache folder, one a model: that of an earlier state of its file goes
 * when a new one is made.
 */
final class BatchedWeights {
    private static final Logger log = LoggerFactory.getLogger(BatchedWeights.class);

    private BatchedWeights() {}

    /**
     * The same options for the copy of the model, which is made where it is missing.
     *
     * @param folder of the copies
     * @throws EngineException if it cannot be made
     */
    static EngineOptions of(EngineOptions options, Path folder) {
        Path model = options.model().toAbsolutePath().normalize();
        boolean batches = GgufFile.read(model).tensors().stream()
                .allMatch(t -> t.dimensions().size() < 2 || t.type().batches());
        if (batches) {
            return options;
        }
        try {
            Files.createDirectories(folder);
            String name = hash(model.toString());
            Path copy = folder.resolve(
                    name + "-" + hash(Files.size(model) + " " + Files.getLastModifiedTime(model)) + ".gguf");
            if (!Files.exists(copy)) {
                make(model, copy, options);
                removeOthers(folder, name, copy);
            }
            return options.of(copy);
        } catch (IOException | QuantizeException e) {
            throw new EngineException(
                    EngineError.MODEL,
                    "No copy of " + model + " with batched weights could be made: " + e.getMessage()
                            + " Mend that, or load it with quipu.engine.weights=stored.",
                    e);
        }
    }

    /** Two processes may both make it; the last one's copy stays, and both are whole. */
    private static void make(Path model, Path copy, EngineOptions options) {
        log.atInfo().addKeyValue("model", model).log("A copy with batched weights is made, once");
        QuantizeRequest request = QuantizeRequest.of(model, copy, Quantization.BATCHED)
                .withReplace(true)
                .withThreads(options.threads());
        try (QuantizeJob job = QuantizeJob.start(request, share -> {})) {
            job.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EngineException(EngineError.MODEL, "The copy of " + model + " was interrupted.", e);
        }
    }

    private static void removeOthers(Path folder, String name, Path copy) throws IOException {
        try (DirectoryStream<Path> all = Files.newDirectoryStream(folder, name + "-*.gguf")) {
            for (Path other : all) {
                if (!other.equals(copy)) {
                    Files.deleteIfExists(other);
                }
            }
        }
    }

    private static String hash(String text) {
        return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8))
                .toString()
                .replace("-", "");
    }
}
