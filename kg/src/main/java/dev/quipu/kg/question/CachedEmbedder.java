package dev.quipu.kg.question;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.EmbeddingModel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Embeds the examples of a suite once: their vectors lie in a file named after the model and the texts. */
final class CachedEmbedder implements TextEmbedder {
    private final EmbeddingModel model;
    private final Path folder;

    CachedEmbedder(EmbeddingModel model, Path folder) {
        this.model = model;
        this.folder = folder;
    }

    @Override
    public String name() {
        return model.getClass().getName();
    }

    @Override
    public List<float[]> embed(List<String> texts) {
        List<String> sources = new ArrayList<>(List.of(name()));
        sources.addAll(texts);
        return new VectorFile(folder, "vectors", sources)
                .get(
                        texts.size(),
                        () -> model
                                .embedAll(texts.stream().map(TextSegment::from).toList())
                                .content()
                                .stream()
                                .map(e -> e.vector())
                                .toList());
    }
}
