package dev.quipu.server.eval;

import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.quipu.kg.GraphStore;
import dev.quipu.kg.Row;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Text retrieval over the same data: full text and vectors in the same Neo4j, fused by reciprocal rank (Cormack et al.,
 * 2009). The customer's own records and everybody's are ranked apart, so that a shop's many products do not crowd out the
 * few records that a question about "my order" is about; records of other customers are never looked at.
 */
public final class TextRetriever {
    private static final int CANDIDATES = 30;
    private static final int OWN = 2;
    private static final int PUBLIC = 2;
    private static final int FUSION = 60;

    private final PassageIndex index;

    private TextRetriever(PassageIndex index) {
        this.index = index;
    }

    /** Indexes the passages of a folder unless the store holds them already. */
    public static TextRetriever index(GraphStore store, EmbeddingModel embedder, Path folder) {
        PassageIndex index = new PassageIndex(store, embedder);
        index.hold(PassageReader.read(folder));
        return new TextRetriever(index);
    }

    /** The best passages that the customer may see: public ones first, own ones last, each best last. */
    List<String> retrieve(String question, String customer) {
        List<String> found = new ArrayList<>(best(question, "", PUBLIC));
        if (!customer.isEmpty()) {
            found.addAll(best(question, customer, OWN));
        }
        return found;
    }

    private List<String> best(String question, String owner, int most) {
        Map<String, Double> scores = new HashMap<>();
        Map<String, String> texts = new LinkedHashMap<>();
        fuse(index.byWords(question, owner, CANDIDATES), scores, texts);
        fuse(index.byMeaning(question, owner, CANDIDATES), scores, texts);
        return texts.entrySet().stream()
                .sorted(Comparator.comparingDouble(
                        (Map.Entry<String, String> e) -> -scores.getOrDefault(e.getKey(), 0.0)))
                .limit(most)
                .map(Map.Entry::getValue)
                .toList()
                .reversed();
    }

    private static void fuse(List<Row> ranked, Map<String, Double> scores, Map<String, String> texts) {
        for (int i = 0; i < ranked.size(); i++) {
            String id = ranked.get(i).text("id");
            scores.merge(id, 1.0 / (FUSION + i + 1), Double::sum);
            texts.putIfAbsent(id, ranked.get(i).text("text"));
        }
    }
}
