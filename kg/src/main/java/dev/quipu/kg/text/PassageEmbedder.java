package dev.quipu.kg.text;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.EmbeddingModel;
import java.util.List;

/**
 * An embedding model for the passages of a language.
 *
 * @param name what its vectors are kept under; another model needs another name
 * @param questionPrefix what the model wants before a question, such as an instruction; empty for none
 */
public record PassageEmbedder(String name, EmbeddingModel model, String questionPrefix) {
    /** A model that takes questions as they are. */
    public static PassageEmbedder of(String name, EmbeddingModel model) {
        return new PassageEmbedder(name, model, "");
    }

    List<PassageVector> passages(List<Passage> passages) {
        List<TextSegment> texts = passages.stream()
                .map(p -> TextSegment.from(p.title().isBlank() ? p.text() : p.title() + "\n" + p.text()))
                .toList();
        return model.embedAll(texts).content().stream()
                .map(e -> PassageVector.of(name, e.vector()))
                .toList();
    }

    PassageVector question(String question) {
        return PassageVector.of(
                name, model.embed(questionPrefix + question).content().vector());
    }
}
