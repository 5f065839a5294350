package dev.quipu.kg;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.quipu.kg.GraphStore.Statement;
import dev.quipu.kg.Mapping.VectorIndex;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the vectors of an index in step with the texts they are made of: each node remembers the hash of the text that
 * its vector stands for, and only nodes whose text changed are embedded again. The index is made after its first vectors,
 * which is faster than to insert into it.
 */
final class VectorWriter {
    private static final int BATCH = 500;

    private final GraphStore store;
    private final @Nullable EmbeddingModel embedder;

    VectorWriter(GraphStore store, @Nullable EmbeddingModel embedder) {
        this.store = store;
        this.embedder = embedder;
    }

    /**
     * Fills an index.
     *
     * @param changed whether nodes may have changed since the last load
     * @param done the marks of earlier loads
     * @param notes hears when it stays as it is for want of a model
     * @return whether anything was written
     */
    boolean fill(VectorIndex index, boolean changed, Map<String, LoadedFile> done, List<String> notes) {
        if (embedder == null) {
            notes.add("The vector index " + index.name() + " is not filled: no embedding model was given.");
            return false;
        }
        String name = "#vectors/" + index.name();
        String wanted = Fingerprint.of(index + embedder.getClass().getName());
        LoadedFile mark = done.get(name);
        boolean complete = mark != null && mark.fingerprint().equals(wanted);
        if (complete && !changed) {
            return false;
        }
        if (!complete) {
            // Vectors of another model or of other texts cannot be told apart by the hash of a text alone.
            store.write("MATCH (n:`" + index.label() + "`) REMOVE n.`" + hash(index) + "`", Map.of());
        }
        embed(index, embedder);
        store.schema("CREATE VECTOR INDEX `" + index.name() + "` IF NOT EXISTS FOR (n:`" + index.label() + "`) ON n.`"
                + index.property() + "` OPTIONS {indexConfig: {`vector.dimensions`: " + index.dimensions()
                + ", `vector.similarity_function`: 'cosine'}}");
        store.write(List.of(LoadedFile.mark(name, wanted)));
        return true;
    }

    private static String hash(VectorIndex index) {
        return index.property() + "_of";
    }

    private void embed(VectorIndex index, EmbeddingModel model) {
        String page = "MATCH (n:`" + index.label() + "`) WHERE n.id > $after RETURN n.id AS id, n.`" + hash(index)
                + "` AS hash, ["
                + index.from().stream().map(p -> "n.`" + p + "`").collect(Collectors.joining(", "))
                + "] AS texts ORDER BY n.id LIMIT " + BATCH;
        List<Row> rows = store.read(page, Map.of("after", ""));
        while (!rows.isEmpty()) {
            write(index, model, rows);
            rows = store.read(page, Map.of("after", rows.getLast().text("id")));
        }
    }

    private void write(VectorIndex index, EmbeddingModel model, List<Row> rows) {
        List<Map<String, Object>> stale = new ArrayList<>();
        List<TextSegment> texts = new ArrayList<>();
        List<String> empty = new ArrayList<>();
        for (Row row : rows) {
            String text = text(row);
            if (text.isBlank()) {
                empty.add(row.text("id"));
            } else if (!Fingerprint.of(text).equals(row.get("hash"))) {
                texts.add(TextSegment.from(text));
                stale.add(Map.of("id", row.text("id"), "hash", Fingerprint.of(text)));
            }
        }
        if (!empty.isEmpty()) {
            store.write(
                    "UNWIND $ids AS id MATCH (n:`" + index.label() + "` {id: id}) REMOVE n.`" + index.property()
                            + "`, n.`" + hash(index) + "`",
                    Map.of("ids", empty));
        }
        if (stale.isEmpty()) {
            return;
        }
        List<Embedding> vectors = model.embedAll(texts).content();
        List<Map<String, Object>> filled = new ArrayList<>();
        for (int i = 0; i < stale.size(); i++) {
            filled.add(Map.of(
                    "id", stale.get(i).get("id"),
                    "hash", stale.get(i).get("hash"),
                    "vector", checked(index, vectors.get(i)).vectorAsList()));
        }
        store.write(List.of(new Statement(
                "UNWIND $rows AS row MATCH (n:`" + index.label() + "` {id: row.id}) SET n.`" + hash(index)
                        + "` = row.hash WITH n, row CALL db.create.setNodeVectorProperty(n, $property, row.vector)",
                Map.of("rows", filled, "property", index.property()))));
    }

    private static Embedding checked(VectorIndex index, Embedding vector) {
        if (vector.dimension() != index.dimensions()) {
            throw new GraphException(
                    GraphError.MAPPING,
                    "The vector index '" + index.name() + "' has " + index.dimensions()
                            + " dimensions but the embedding model makes " + vector.dimension()
                            + ". Correct its entry or choose another model.");
        }
        return vector;
    }

    private static String text(Row row) {
        return row.get("texts") instanceof List<?> list
                ? list.stream().map(String::valueOf).collect(Collectors.joining(". "))
                : "";
    }
}
