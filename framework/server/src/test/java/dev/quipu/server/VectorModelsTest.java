package dev.quipu.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.output.Response;
import dev.langchain4j.model.output.TokenUsage;
import dev.quipu.llama.EncoderOptions;
import dev.quipu.llama.LlamaEmbeddingModel;
import dev.quipu.llama.Pooling;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VectorModelsTest {
    @Test
    void servesAModelOfOnesOwnUnderItsName() {
        VectorModels models = new VectorModels(Map.of());
        EncoderOptions options =
                EncoderOptions.of(ModelFiles.find(ShopServer.MODEL)).withPooling(Pooling.MEAN);
        try (LlamaEmbeddingModel own = LlamaEmbeddingModel.load(options)) {
            models.add("own", own);

            Response<List<Embedding>> embedded =
                    models.embedder("own").embedAll(List.of(TextSegment.from("a lamp"), TextSegment.from("a chair")));

            assertThat(models.names()).containsExactly("own");
            assertThat(embedded.content()).hasSize(2).allMatch(vector -> vector.dimension() == 576);
            assertThat(embedded.tokenUsage())
                    .extracting(TokenUsage::inputTokenCount)
                    .isIn(4, 5, 6, 7, 8);
            assertThatThrownBy(() -> models.add("own", own)).hasMessageContaining("Two models are called own");
        }
    }

    @Test
    void knowsNoOther() {
        VectorModels models = new VectorModels(Map.of());

        assertThatThrownBy(() -> models.embedder("own")).isInstanceOf(ServerException.class);
        assertThatThrownBy(() -> models.scorer("own")).isInstanceOf(ServerException.class);
    }
}
