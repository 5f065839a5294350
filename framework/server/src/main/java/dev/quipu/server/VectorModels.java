package dev.quipu.server;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.output.Response;
import dev.langchain4j.model.scoring.ScoringModel;
import dev.langchain4j.store.embedding.CosineSimilarity;
import dev.quipu.Language;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The models that make vectors and scores, by the names under which they are served. An embedder also ranks, by the cosine
 * of its vectors; a cross-encoder that is named for it does better.
 */
final class VectorModels {
    private final Map<String, EmbeddingModel> embedders = new LinkedHashMap<>();
    private final Map<String, ScoringModel> scorers = new LinkedHashMap<>();

    VectorModels(Map<Language, EmbeddingModel> ofGraph) {
        ofGraph.forEach((language, model) -> embedders.put(name(language), model));
    }

    /** @throws ServerException if the name is taken */
    void add(String name, EmbeddingModel model) {
        requireNew(name);
        embedders.put(name, model);
    }

    /** @throws ServerException if the name is taken */
    void add(String name, ScoringModel model) {
        requireNew(name);
        scorers.put(name, model);
    }

    private void requireNew(String name) {
        if (embedders.containsKey(name) || scorers.containsKey(name)) {
            throw new ServerException(
                    ServerError.USAGE, "Two models are called " + name + ". Give each a name of its own.");
        }
    }

    private static String name(Language language) {
        return switch (language) {
            case ENGLISH -> "all-minilm-l6-v2";
            case CHINESE -> "bge-small-zh-v1.5";
        };
    }

    /** The one that is meant when none is named. */
    String standard() {
        return name(Language.ENGLISH);
    }

    Set<String> names() {
        Set<String> names = new LinkedHashSet<>(embedders.keySet());
        names.addAll(scorers.keySet());
        return names;
    }

    EmbeddingModel embedder(String name) {
        return Optional.ofNullable(embedders.get(name))
                .orElseThrow(() -> ServerException.unknownModel(name, "embeddings"));
    }

    ScoringModel scorer(String name) {
        return Optional.ofNullable(scorers.get(name))
                .or(() -> Optional.ofNullable(embedders.get(name)).map(Cosine::new))
                .orElseThrow(() -> ServerException.unknownModel(name, "ranking"));
    }

    private record Cosine(EmbeddingModel model) implements ScoringModel {
        @Override
        public Response<List<Double>> scoreAll(List<TextSegment> documents, String query) {
            Embedding asked = model.embed(query).content();
            Response<List<Embedding>> embedded = model.embedAll(documents);
            return Response.from(
                    embedded.content().stream()
                            .map(one -> CosineSimilarity.between(asked, one))
                            .toList(),
                    embedded.tokenUsage());
        }
    }
}
