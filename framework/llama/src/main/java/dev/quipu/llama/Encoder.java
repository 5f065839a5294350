package dev.quipu.llama;

import dev.quipu.llama.gguf.GgufException;
import dev.quipu.llama.gguf.GgufFile;
import dev.quipu.llama.gguf.ModelCheck;
import java.nio.file.Files;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;

/**
 * A loaded model that makes a vector of each text. Thread-safe; calls wait for one another.
 *
 * <p>{@link LlamaEmbeddingModel} and {@link LlamaScoringModel} are this as LangChain4j's models.
 */
public interface Encoder extends AutoCloseable {
    /**
     * What it makes.
     *
     * @param description architecture, size and quantization in words
     * @param dimensions numbers of a vector; of scores with {@link Pooling#RANK}
     * @param longest tokens that a text may have
     * @param pooling never {@link Pooling#MODEL}
     */
    record Info(String description, int dimensions, int longest, Pooling pooling) {}

    /**
     * Loads a model with the first provider that has encoders. No provider sees a file whose header would end the process.
     *
     * @throws EngineException if none has, or the model cannot be used
     */
    static Encoder load(EncoderOptions options) {
        if (!Files.isReadable(options.model())) {
            throw new EngineException(
                    EngineError.MODEL, options.model() + " is not there or cannot be read. Pass another file.");
        }
        try {
            requireHead(ModelCheck.requireEncoder(options.model()), options);
        } catch (GgufException e) {
            throw new EngineException(EngineError.MODEL, options.model() + " is not loaded: " + e.getMessage(), e);
        }
        return ServiceLoader.load(EngineProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .sorted(Comparator.comparingInt(EngineProvider::order))
                .filter(provider -> provider.unavailable().isEmpty())
                .findFirst()
                .orElseThrow(() -> new EngineException(
                        EngineError.NO_PROVIDER, "No engine works here. Add quipu-llama-natives to the class path."))
                .encoder(options);
    }

    private static void requireHead(GgufFile file, EncoderOptions options) {
        long own = file.number(file.text("general.architecture").orElse("") + ".pooling_type")
                .orElse(0);
        boolean ranks = options.pooling() == Pooling.RANK
                || (options.pooling() == Pooling.MODEL && own == Pooling.RANK.number());
        if (ranks
                && file.tensors().stream()
                        .noneMatch(tensor -> tensor.name().equals("cls.weight")
                                || tensor.name().equals("cls.output.weight"))) {
            throw new EngineException(
                    EngineError.OPTION,
                    options.model() + " has no head that ranks: neither cls.weight nor cls.output.weight is there."
                            + " Use a reranker, or another pooling.");
        }
    }

    Info info();

    /**
     * What was computed of some texts.
     *
     * @param vectors one of each text, in their order
     * @param tokens of all texts together
     */
    record Encoded(List<float[]> vectors, int tokens) {
        public Encoded {
            vectors = List.copyOf(vectors);
        }
    }

    /**
     * The pooled vectors of texts, in their order, as the model makes them: not normalised.
     *
     * @throws EngineException if a text has no tokens or more than {@link Info#longest}; then none is computed
     */
    Encoded encode(List<String> texts);

    /**
     * What a reranker makes of each passage beside a query, in its own form of such pairs.
     *
     * @throws EngineException if a pair is too long; then none is computed
     */
    Encoded encodePairs(String query, List<String> passages);

    @Override
    void close();
}
