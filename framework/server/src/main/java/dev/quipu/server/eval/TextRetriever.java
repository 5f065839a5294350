package dev.quipu.server.eval;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.quipu.kg.GraphStore;
import dev.quipu.kg.Row;
import dev.quipu.server.eval.PassageReader.Passage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Text retrieval over the same data: full text and vectors in the same Neo4j, fused by reciprocal rank (Cormack et al.,
 * 2009). Passages of other customers are filtered out, as an honest peer would do.
 */
public final class TextRetriever {
    private static final int CANDIDATES = 30;
    private static final int PASSAGES = 5;
    private static final int FUSION = 60;
    private static final int BATCH = 64;

    private final GraphStore store;
    private final EmbeddingModel embedder;

    private TextRetriever(GraphStore store, EmbeddingModel embedder) {
        this.store = store;
        this.embedder = embedder;
    }

    /** Indexes the passages of a folder unless the store holds them already. */
    public static TextRetriever index(GraphStore store, EmbeddingModel embedder, Path folder) {
        TextRetriever retriever = new TextRetriever(store, embedder);
        List<Passage> passages = PassageReader.read(folder);
        long held = store.read("MATCH (p:Passage) RETURN count(p) AS n", Map.of())
                .getFirst()
                .number("n");
        if (held != passages.size()) {
            retriever.write(passages);
        }
        return retriever;
    }

    private void write(List<Passage> passages) {
        store.write("MATCH (p:Passage) DETACH DELETE p", Map.of());
        for (int i = 0; i < passages.size(); i += BATCH) {
            List<Passage> batch = passages.subList(i, Math.min(passages.size(), i + BATCH));
            List<dev.langchain4j.data.embedding.Embedding> vectors = embedder.embedAll(
                            batch.stream().map(p -> TextSegment.from(p.text())).toList())
                    .content();
            List<Map<String, Object>> rows = new ArrayList<>();
            for (int j = 0; j < batch.size(); j++) {
                Passage p = batch.get(j);
                rows.add(Map.of(
                        "id",
                        p.id(),
                        "text",
                        p.text(),
                        "owner",
                        p.owner(),
                        "vector",
                        vectors.get(j).vectorAsList()));
            }
            store.write(
                    "UNWIND $rows AS row CREATE (p:Passage {id: row.id, text: row.text, owner: row.owner})"
                            + " WITH p, row CALL db.create.setNodeVectorProperty(p, 'embedding', row.vector)",
                    Map.of("rows", rows));
        }
        store.schema("CREATE FULLTEXT INDEX passage_text IF NOT EXISTS FOR (p:Passage) ON EACH [p.text]");
        store.schema("CREATE VECTOR INDEX passage_vector IF NOT EXISTS FOR (p:Passage) ON p.embedding OPTIONS"
                + " {indexConfig: {`vector.dimensions`: " + embedder.dimension()
                + ", `vector.similarity_function`: 'cosine'}}");
        store.read("CALL db.awaitIndexes(300)", Map.of(), java.time.Duration.ofMinutes(6), 1);
    }

    /** The best passages that the customer may see. */
    List<String> retrieve(String question, String customer) {
        String words = question.replaceAll("[^\\p{L}\\p{N}]+", " ").strip();
        List<Row> lexical = words.isEmpty()
                ? List.of()
                : store.read(
                        "CALL db.index.fulltext.queryNodes('passage_text', $words) YIELD node, score"
                                + " WHERE node.owner IN ['', $customer] RETURN node.id AS id, node.text AS text LIMIT $k",
                        Map.of("words", words, "customer", customer, "k", CANDIDATES));
        List<Row> similar = store.read(
                "CALL db.index.vector.queryNodes('passage_vector', $wide, $vector) YIELD node, score"
                        + " WHERE node.owner IN ['', $customer] RETURN node.id AS id, node.text AS text LIMIT $k",
                Map.of(
                        "wide",
                        CANDIDATES * 10,
                        "vector",
                        embedder.embed(question).content().vectorAsList(),
                        "customer",
                        customer,
                        "k",
                        CANDIDATES));
        Map<String, Double> scores = new HashMap<>();
        Map<String, String> texts = new LinkedHashMap<>();
        fuse(lexical, scores, texts);
        fuse(similar, scores, texts);
        return texts.entrySet().stream()
                .sorted(Comparator.comparingDouble(
                        (Map.Entry<String, String> e) -> -scores.getOrDefault(e.getKey(), 0.0)))
                .limit(PASSAGES)
                .map(Map.Entry::getValue)
                .toList();
    }

    private static void fuse(List<Row> ranked, Map<String, Double> scores, Map<String, String> texts) {
        for (int i = 0; i < ranked.size(); i++) {
            String id = ranked.get(i).text("id");
            scores.merge(id, 1.0 / (FUSION + i + 1), Double::sum);
            texts.putIfAbsent(id, ranked.get(i).text("text"));
        }
    }
}
