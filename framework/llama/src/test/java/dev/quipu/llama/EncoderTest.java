package dev.quipu.llama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.onnx.allminilml6v2q.AllMiniLmL6V2QuantizedEmbeddingModel;
import dev.langchain4j.store.embedding.CosineSimilarity;
import dev.quipu.llama.catalog.ModelStore;
import dev.quipu.llama.catalog.PullListener;
import dev.quipu.llama.gguf.MiniLm;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Vectors and scores by llama.cpp, of the weights that LangChain4j's jar has for another runtime. */
class EncoderTest {
    private static final List<String> TEXTS = List.of(
            "Can I still cancel my order?",
            "The tent keeps rain out up to three thousand millimetres of water column, said the seller.",
            "boots",
            "Wo ist mein Paket? Où est mon colis?",
            "A parcel that was shipped cannot be cancelled; it can be sent back within thirty days.");

    @TempDir
    private static Path folder;

    private static Path model;
    private static LlamaEmbeddingModel embedder;

    @BeforeAll
    static void load() {
        model = MiniLm.embedder(folder);
        embedder = LlamaEmbeddingModel.load(EncoderOptions.of(model));
    }

    @AfterAll
    static void close() {
        embedder.close();
    }

    private static List<TextSegment> segments(List<String> texts) {
        return texts.stream().map(TextSegment::from).toList();
    }

    private static EncoderOptions decoder() {
        return EncoderOptions.of(ModelStore.standard().pull("smollm2-135m", PullListener.NONE))
                .withLongest(64);
    }

    @Test
    void agreesWithTheSameWeightsInAnotherRuntime() {
        List<Embedding> ours = embedder.embedAll(segments(TEXTS)).content();

        List<Embedding> theirs = new AllMiniLmL6V2QuantizedEmbeddingModel()
                .embedAll(segments(TEXTS))
                .content();

        for (int i = 0; i < TEXTS.size(); i++) {
            // The other one rounds what goes into each multiplication to a byte.
            assertThat(CosineSimilarity.between(ours.get(i), theirs.get(i)))
                    .as(TEXTS.get(i))
                    .isGreaterThan(0.98);
        }
        assertThat(embedder.dimension()).isEqualTo(MiniLm.WIDTH);
        assertThat(embedder.info().pooling()).isEqualTo(Pooling.MEAN);
        assertThat(embedder.info().longest()).isEqualTo(512);
    }

    @Test
    void makesTheSameVectorAloneAsAmongMoreThanAPassHolds() {
        List<String> many = java.util.stream.IntStream.range(0, 150)
                .mapToObj(i -> TEXTS.get(i % TEXTS.size()) + " " + i)
                .toList();

        List<Embedding> together = embedder.embedAll(segments(many)).content();

        assertThat(together).hasSize(many.size());
        for (int i : List.of(0, 63, 64, 149)) {
            assertThat(CosineSimilarity.between(
                            together.get(i), embedder.embed(many.get(i)).content()))
                    .isCloseTo(1, within(1e-4));
        }
    }

    @Test
    void refusesATextThatIsTooLongAndGoesOn() {
        String tooLong = "word ".repeat(600);

        assertThatThrownBy(() -> embedder.embed(tooLong))
                .isInstanceOfSatisfying(
                        EngineException.class, e -> assertThat(e.code()).isEqualTo(EngineError.PROMPT_TOO_LONG))
                .hasMessageContaining("602 tokens")
                .hasMessageContaining("512");
        assertThat(embedder.embed("word").content().dimension()).isEqualTo(MiniLm.WIDTH);
    }

    @Test
    void poolsAModelThatGeneratesTextAsAsked() {
        try (LlamaEmbeddingModel mean = LlamaEmbeddingModel.load(decoder().withPooling(Pooling.MEAN));
                LlamaEmbeddingModel last = LlamaEmbeddingModel.load(decoder().withPooling(Pooling.LAST))) {
            Embedding one = mean.embed("The weather in Munich").content();

            assertThat(one.vectorAsList()).hasSize(576);
            assertThat(CosineSimilarity.between(
                            one, last.embed("The weather in Munich").content()))
                    .isLessThan(0.99);
        }
    }

    @Test
    void asksForAPoolingWhereTheFileNamesNone() {
        assertThatThrownBy(() -> LlamaEmbeddingModel.load(decoder()))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("MEAN");
    }

    @Test
    void scoresPairsByTheRerankersHead() {
        MiniLm.Head head = MiniLm.Head.random(7);
        List<double[]> expected;
        try (Encoder first = Encoder.load(EncoderOptions.of(model).withPooling(Pooling.CLS))) {
            expected = first.encodePairs(TEXTS.getFirst(), TEXTS).vectors().stream()
                    .map(vector -> new double[] {head.score(vector)})
                    .toList();
        }

        try (LlamaScoringModel reranker = LlamaScoringModel.load(EncoderOptions.of(MiniLm.reranker(folder, head)))) {
            List<Double> scores =
                    reranker.scoreAll(segments(TEXTS), TEXTS.getFirst()).content();

            for (int i = 0; i < TEXTS.size(); i++) {
                assertThat(scores.get(i)).isCloseTo(expected.get(i)[0], within(1e-2));
            }
            assertThat(scores).doesNotHaveDuplicates();
        }
    }

    @Test
    void refusesToRankWithoutAHead() {
        assertThatThrownBy(() -> Encoder.load(EncoderOptions.of(model).withPooling(Pooling.RANK)))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("cls");
        assertThatThrownBy(() -> LlamaScoringModel.load(EncoderOptions.of(model)))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("LlamaEmbeddingModel");
    }

    @Test
    void isNoEngine() {
        assertThatThrownBy(() -> Engine.load(EngineOptions.builder(model).build()))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("vectors of texts and no text");
    }

    @Test
    void saysThatItIsClosed() {
        Encoder closed = Encoder.load(EncoderOptions.of(model));
        closed.close();
        closed.close();

        assertThatThrownBy(() -> closed.encode(List.of("text")))
                .isInstanceOfSatisfying(
                        EngineException.class, e -> assertThat(e.code()).isEqualTo(EngineError.CLOSED));
    }
}
