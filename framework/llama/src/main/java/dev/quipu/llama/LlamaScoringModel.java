package dev.quipu.llama;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.output.Response;
import dev.langchain4j.model.output.TokenUsage;
import dev.langchain4j.model.scoring.ScoringModel;
import java.util.List;

/**
 * A GGUF reranker as LangChain4j's scoring model. A score is the first number of the model's classification head as it is:
 * higher is better, its scale is the model's. Thread-safe; calls wait for one another.
 */
public final class LlamaScoringModel implements ScoringModel, AutoCloseable {
    private final Encoder encoder;

    private LlamaScoringModel(Encoder encoder) {
        this.encoder = encoder;
    }

    /**
     * Loads a reranker.
     *
     * @throws EngineException if it cannot be used, or has no head that scores
     */
    public static LlamaScoringModel load(EncoderOptions options) {
        Encoder encoder = Encoder.load(options);
        if (encoder.info().pooling() != Pooling.RANK) {
            Pooling pooling = encoder.info().pooling();
            encoder.close();
            throw new EngineException(
                    EngineError.OPTION,
                    options.model() + " makes vectors (" + pooling + ") and no scores. Load it as a"
                            + " LlamaEmbeddingModel.");
        }
        return new LlamaScoringModel(encoder);
    }

    /** What was loaded. */
    public Encoder.Info info() {
        return encoder.info();
    }

    @Override
    public Response<List<Double>> scoreAll(List<TextSegment> segments, String query) {
        List<String> passages = segments.stream().map(TextSegment::text).toList();
        Encoder.Encoded encoded = encoder.encodePairs(query, passages);
        return Response.from(
                encoded.vectors().stream().map(scores -> (double) scores[0]).toList(),
                new TokenUsage(encoded.tokens()));
    }

    @Override
    public void close() {
        encoder.close();
    }
}
