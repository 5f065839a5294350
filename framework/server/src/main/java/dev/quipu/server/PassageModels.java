package dev.quipu.server;

import dev.langchain4j.model.embedding.onnx.bgesmallenv15q.BgeSmallEnV15QuantizedEmbeddingModel;
import dev.langchain4j.model.embedding.onnx.bgesmallzhv15q.BgeSmallZhV15QuantizedEmbeddingModel;
import dev.quipu.Language;
import dev.quipu.kg.text.PassageEmbedder;
import java.util.Map;

/** The embedding models for passages that come inside of jars, with the instructions that they were trained with. */
final class PassageModels {
    private PassageModels() {}

    static Map<Language, PassageEmbedder> standard() {
        return Map.of(
                Language.ENGLISH,
                new PassageEmbedder(
                        "bge-small-en-v1.5-q",
                        new BgeSmallEnV15QuantizedEmbeddingModel(),
                        "Represent this sentence for searching relevant passages: "),
                Language.CHINESE,
                new PassageEmbedder(
                        "bge-small-zh-v1.5-q", new BgeSmallZhV15QuantizedEmbeddingModel(), "为这个句子生成表示以用于检索相关文章："));
    }
}
