package dev.quipu.server.eval;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.quipu.kg.GraphStore;
import dev.quipu.kg.Row;
import dev.quipu.server.eval.PassageReader.Passage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Passages in the graph's own database, with a full-text and a vector index. */
record PassageIndex(GraphStore store, EmbeddingModel embedder) {
    private static final int BATCH = 64;
    private static final Duration PATIENCE = Duration.ofMinutes(6);

    /** Writes the passages unless exactly these are there already. */
    void hold(List<Passage> passages) {
        String wanted = passages.size() + "-" + passages.hashCode();
        List<Row> held = store.read("MATCH (i:PassageIndex) RETURN i.holds AS holds", Map.of());
        if (held.stream().anyMatch(row -> row.text("holds").equals(wanted))) {
            return;
        }
        store.write("MATCH (n) WHERE n:Passage OR n:PassageIndex DETACH DELETE n", Map.of());
        store.schema("DROP INDEX passage_text IF EXISTS");
        store.schema("DROP INDEX passage_vector IF EXISTS");
        for (int i = 0; i < passages.size(); i += BATCH) {
            write(passages.subList(i, Math.min(passages.size(), i + BATCH)));
        }
        store.schema("CREATE FULLTEXT INDEX passage_text FOR (p:Passage) ON EACH [p.text]"
                + " OPTIONS {indexConfig: {`fulltext.analyzer`: 'english'}}");
        store.schema("CREATE VECTOR INDEX passage_vector FOR (p:Passage) ON p.embedding OPTIONS"
                + " {indexConfig: {`vector.dimensions`: " + embedder.dimension()
                + ", `vector.similarity_function`: 'cosine'}}");
        store.read("CALL db.awaitIndexes(300)", Map.of(), PATIENCE, 1);
        store.write("CREATE (:PassageIndex {holds: $holds})", Map.of("holds", wanted));
    }

    private void write(List<Passage> batch) {
        List<Embedding> vectors = embedder.embedAll(
                        batch.stream().map(p -> TextSegment.from(p.text())).toList())
                .content();
        List<Map<String, Object>> rows = new ArrayList<>();
        for (int i = 0; i < batch.size(); i++) {
            Passage passage = batch.get(i);
            Map<String, Object> row = new HashMap<>();
            row.put("id", passage.id());
            row.put("text", passage.text());
            row.put("owner", passage.owner());
            row.put("vector", vectors.get(i).vectorAsList());
            rows.add(row);
        }
        store.write(
                "UNWIND $rows AS row CREATE (p:Passage {id: row.id, text: row.text, owner: row.owner})"
                        + " WITH p, row CALL db.create.setNodeVectorProperty(p, 'embedding', row.vector)",
                Map.of("rows", rows));
    }

    /** Passages that share words with a question, best first (BM25). */
    List<Row> byWords(String question, String owner, int most) {
        String words = question.replaceAll("[^\\p{L}\\p{N}]+", " ").strip();
        return words.isEmpty()
                ? List.of()
                : store.read(
                        "CALL db.index.fulltext.queryNodes('passage_text', $words) YIELD node, score"
                                + " WHERE node.owner = $owner RETURN node.id AS id, node.text AS text LIMIT $most",
                        Map.of("words", words.toLowerCase(java.util.Locale.ROOT), "owner", owner, "most", most));
    }

    /** Passages whose vectors are near a question's, nearest first; a customer's own few are compared one by one. */
    List<Row> byMeaning(String question, String owner, int most) {
        List<Float> vector = embedder.embed(question).content().vectorAsList();
        String nearest = owner.isEmpty()
                ? "CALL db.index.vector.queryNodes('passage_vector', $wide, $vector) YIELD node, score"
                : "MATCH (node:Passage) WITH node, vector.similarity.cosine(node.embedding, $vector) AS score";
        return store.read(
                nearest + " WHERE node.owner = $owner RETURN node.id AS id, node.text AS text ORDER BY score DESC"
                        + " LIMIT $most",
                Map.of("wide", most * 20, "vector", vector, "owner", owner, "most", most));
    }
}
