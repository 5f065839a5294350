package dev.quipu.llama;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.DimensionAwareEmbeddingModel;
import dev.langchain4j.model.output.Response;
import dev.langchain4j.model.output.TokenUsage;
import java.util.List;

/**
 * A GGUF model as LangChain4j's embedding model: vectors of length one, pooled as {@link Encoder.Info#pooling} says.
 *
 * <p>Texts of a call share passes. A text that is too long is an {@link EngineException}, never cut. Thread-safe; calls
 * wait for one another.
 */
public final class LlamaEmbeddingModel extends DimensionAwareEmbeddingModel implements AutoCloseable {
    private final Encoder encoder;

    private LlamaEmbeddingModel(Encoder encoder) {
        this.encoder = encoder;
    }

    /**
     * Loads a model.
     *
     * @throws EngineException if it cannot be used, or makes scores of pairs
     */
    public static LlamaEmbeddingModel load(EncoderOptions options) {
        Encoder encoder = Encoder.load(options);
        if (encoder.info().pooling() == Pooling.RANK) {
            encoder.close();
            throw new EngineException(
                    EngineError.OPTION, options.model() + " is a reranker. Load it as a LlamaScoringModel.");
        }
        return new LlamaEmbeddingModel(encoder);
    }

    /** What was loaded. */
    public Encoder.Info info() {
        return encoder.info();
    }

    @Override
    public Response<List<Embedding>> embedAll(List<TextSegment> segments) {
        Encoder.Encoded encoded =
                encoder.encode(segments.stream().map(TextSegment::text).toList());
        return Response.from(
                encoded.vectors().stream().map(LlamaEmbeddingModel::unit).toList(), new TokenUsage(encoded.tokens()));
    }

    private static Embedding unit(float[] vector) {
        Embedding embedding = Embedding.from(vector);
        embedding.normalize();
        return embedding;
    }

    @Override
    public int dimension() {
        return encoder.info().dimensions();
    }

    @Override
    public void close() {
        encoder.close();
    }
}
