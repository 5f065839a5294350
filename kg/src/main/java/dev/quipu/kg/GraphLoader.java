package dev.quipu.kg;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.quipu.kg.Mapping.FulltextIndex;
import dev.quipu.kg.Mapping.Records;
import dev.quipu.kg.Mapping.SourceFile;
import dev.quipu.kg.Mapping.VectorIndex;
import dev.quipu.kg.RowCollector.RelationshipGroup;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Loads data files into a graph as a mapping says.
 *
 * <p>Each file is one transaction: its nodes and relationships are created or updated, and what it held at its last load
 * and no longer holds is removed, unless another file holds it too. A file that did not change is skipped. Loading twice
 * gives the same graph as loading once. Every node and relationship carries the file and row it comes from.
 *
 * <p>Not thread-safe; one loader at a time on a graph.
 */
public final class GraphLoader {
    private static final int BATCH = 2_000;

    private final GraphStore store;
    private final Mapping mapping;
    private final @Nullable EmbeddingModel embedder;
    private final boolean stopAtBadRow;

    private long nodes;
    private long relationships;
    private final List<BadRow> bad = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    private GraphLoader(GraphStore store, Mapping mapping, @Nullable EmbeddingModel embedder, boolean stopAtBadRow) {
        this.store = store;
        this.mapping = mapping;
        this.embedder = embedder;
        this.stopAtBadRow = stopAtBadRow;
    }

    /** A loader without vectors that goes on after bad rows. */
    public static GraphLoader of(GraphStore store, Mapping mapping) {
        return new GraphLoader(store, mapping, null, false);
    }

    /** Fills vector indexes with this model's vectors. */
    public GraphLoader withEmbedder(EmbeddingModel model) {
        return new GraphLoader(store, mapping, model, stopAtBadRow);
    }

    /** Stops with an error at the first bad row, before its file is written. */
    public GraphLoader stoppingAtBadRows() {
        return new GraphLoader(store, mapping, embedder, true);
    }

    /**
     * Loads all files of the mapping from a folder.
     *
     * @throws GraphException if a file cannot be read, the store fails, or a bad row stops the load
     */
    public LoadReport load(Path folder) {
        long start = System.nanoTime();
        createSchema();
        int unchanged = 0;
        for (SourceFile source : mapping.sources()) {
            String fingerprint = fingerprint(folder.resolve(source.file()), source);
            if (isLoaded(source, fingerprint)) {
                unchanged++;
            } else {
                load(folder, source, fingerprint);
            }
        }
        boolean changed = unchanged < mapping.sources().size();
        mapping.vectors().forEach(v -> embed(v, changed));
        if (changed) {
            store.read("CALL db.awaitIndexes(300)", Map.of(), Duration.ofMinutes(6), 1);
        }
        return new LoadReport(
                mapping.sources().size(),
                unchanged,
                nodes,
                relationships,
                bad,
                notes,
                Duration.ofNanos(System.nanoTime() - start));
    }

    /** Removes everything that only this file holds, in one transaction. */
    public void unload(String file) {
        String key = key(file);
        store.write(List.of(
                removeRelationships(file, 0),
                forget(key, 0),
                removeOrphans(),
                new GraphStore.Statement("MATCH (f:LoadedFile {id: $id}) DELETE f", Map.of("id", file))));
    }

    private void createSchema() {
        Set<String> labels = new LinkedHashSet<>();
        mapping.sources().forEach(s -> labels(s.records(), labels));
        labels.add("LoadedFile");
        for (String label : labels) {
            store.schema("CREATE CONSTRAINT " + label.toLowerCase(java.util.Locale.ROOT) + "_id IF NOT EXISTS FOR (n:"
                    + label + ") REQUIRE n.id IS UNIQUE");
        }
        Set<String> lookups = new LinkedHashSet<>();
        mapping.sources().forEach(s -> lookups(s.records(), lookups));
        lookups.forEach(store::schema);
        for (FulltextIndex index : mapping.fulltext()) {
            String properties =
                    index.properties().stream().map(p -> "n." + p).collect(Collectors.joining(", ", "[", "]"));
            store.schema("CREATE FULLTEXT INDEX " + index.name() + " IF NOT EXISTS FOR (n:"
                    + String.join("|", index.labels()) + ") ON EACH " + properties
                    + " OPTIONS {indexConfig: {`fulltext.analyzer`: '" + index.analyzer() + "'}}");
        }
    }

    private static void labels(Records records, Set<String> labels) {
        records.nodes().forEach(n -> labels.add(n.label()));
        records.nested().forEach(n -> labels(n, labels));
    }

    /** Indexes for relationship ends that are found by another property than the key. */
    private static void lookups(Records records, Set<String> statements) {
        records.relationships().stream()
                .flatMap(r -> java.util.stream.Stream.of(r.from(), r.to()))
                .filter(e -> !e.by().equals("id"))
                .map(e -> "CREATE INDEX " + e.label().toLowerCase(java.util.Locale.ROOT) + "_" + e.by()
                        + " IF NOT EXISTS FOR (n:" + e.label() + ") ON (n." + e.by() + ")")
                .forEach(statements::add);
        records.nested().forEach(n -> lookups(n, statements));
    }

    private boolean isLoaded(SourceFile source, String fingerprint) {
        return store
                .read("MATCH (f:LoadedFile {id: $id}) RETURN f.fingerprint AS fingerprint", Map.of("id", source.file()))
                .stream()
                .anyMatch(r -> r.text("fingerprint").equals(fingerprint));
    }

    private void load(Path folder, SourceFile source, String fingerprint) {
        List<BadRow> badBefore = List.copyOf(bad);
        RowCollector rows = new RowCollector(source.file(), bad::add);
        new DataFile(source, folder, notes::add).records(bad::add).forEach(r -> {
            rows.collect(r, withoutPath(source.records()));
        });
        if (stopAtBadRow && bad.size() > badBefore.size()) {
            throw new GraphException(
                    GraphError.BAD_ROW, bad.get(badBefore.size()) + ". Nothing of the file is loaded.");
        }
        long stamp = stampOf(source.file());
        List<GraphStore.Statement> statements = new ArrayList<>();
        rows.nodes()
                .forEach((label, byId) -> batches(List.copyOf(byId.values()), batch -> {
                    statements.add(mergeNodes(label, source.file(), stamp, batch));
                    nodes += batch.size();
                }));
        rows.relationships()
                .forEach((group, all) -> batches(all, batch -> {
                    statements.add(mergeRelationships(group, source.file(), stamp, batch));
                    relationships += batch.size();
                }));
        statements.add(removeRelationships(source.file(), stamp));
        statements.add(forget(key(source.file()), stamp));
        statements.add(removeOrphans());
        statements.add(new GraphStore.Statement(
                "MERGE (f:LoadedFile {id: $id}) SET f.fingerprint = $fingerprint, f.stamp = $stamp",
                Map.of("id", source.file(), "fingerprint", fingerprint, "stamp", stamp)));
        store.write(statements);
        rows.relationships().forEach((group, all) -> reportDangling(group, source.file(), all));
    }

    private long stampOf(String file) {
        return store.read("MATCH (f:LoadedFile {id: $id}) RETURN f.stamp AS stamp", Map.of("id", file)).stream()
                .mapToLong(r -> r.number("stamp") + 1)
                .findFirst()
                .orElse(1);
    }

    private static Records withoutPath(Records records) {
        return new Records("", records.nodes(), records.relationships(), records.nested());
    }

    private static <T> void batches(List<T> rows, java.util.function.Consumer<List<T>> each) {
        for (int i = 0; i < rows.size(); i += BATCH) {
            each.accept(rows.subList(i, Math.min(rows.size(), i + BATCH)));
        }
    }

    private static GraphStore.Statement mergeNodes(
            String label, String file, long stamp, List<Map<String, Object>> rows) {
        String key = key(file);
        return new GraphStore.Statement(
                "UNWIND $rows AS row MERGE (n:" + label + " {id: row.id}) SET n += row.properties, n.in_" + key
                        + " = $file + ':' + row.row, n.at_" + key + " = $stamp",
                Map.of("rows", rows, "file", file, "stamp", stamp));
    }

    private static GraphStore.Statement mergeRelationships(
            RelationshipGroup group, String file, long stamp, List<Map<String, Object>> rows) {
        return new GraphStore.Statement(
                "UNWIND $rows AS row MATCH " + group.from().pattern("a", "row.from") + " MATCH "
                        + group.to().pattern("b", "row.to") + " MERGE (a)-[r:" + group.type()
                        + "]->(b) SET r.source = $file, r.row = row.row, r.stamp = $stamp",
                Map.of("rows", rows, "file", file, "stamp", stamp));
    }

    private static GraphStore.Statement removeRelationships(String file, long stamp) {
        return new GraphStore.Statement(
                "MATCH ()-[r]->() WHERE r.source = $file AND r.stamp <> $stamp DELETE r",
                Map.of("file", file, "stamp", stamp));
    }

    private static GraphStore.Statement forget(String key, long stamp) {
        return new GraphStore.Statement(
                "MATCH (n) WHERE n.at_" + key + " <> $stamp REMOVE n.at_" + key + ", n.in_" + key + " SET n:Orphan",
                Map.of("stamp", stamp));
    }

    private static GraphStore.Statement removeOrphans() {
        return new GraphStore.Statement(
                "MATCH (n:Orphan) REMOVE n:Orphan WITH n WHERE none(k IN keys(n) WHERE k STARTS WITH 'in_')"
                        + " DETACH DELETE n",
                Map.of());
    }

    private void reportDangling(RelationshipGroup group, String file, List<Map<String, Object>> rows) {
        if (group.optional()) {
            return;
        }
        batches(
                rows,
                batch -> store.read(
                                "UNWIND $rows AS row OPTIONAL MATCH "
                                        + group.from().pattern("a", "row.from")
                                        + " OPTIONAL MATCH " + group.to().pattern("b", "row.to")
                                        + " WITH row, a, b WHERE a IS NULL OR b IS NULL RETURN row.row AS row,"
                                        + " CASE WHEN a IS NULL THEN row.from ELSE row.to END AS id",
                                Map.of("rows", batch))
                        .forEach(r -> bad.add(new BadRow(
                                file,
                                r.number("row"),
                                group.type(),
                                "refers to '" + r.text("id") + "', which no row loaded so far declares"))));
    }

    private void embed(VectorIndex index, boolean changed) {
        if (embedder == null) {
            notes.add("The vector index " + index.name() + " stays empty: no embedding model was given.");
            return;
        }
        if (changed) {
            List<Row> rows = store.read(
                    "MATCH (n:" + index.label() + ") WHERE n." + index.property() + " IS NULL RETURN n.id AS id, ["
                            + index.from().stream().map(p -> "n." + p).collect(Collectors.joining(", ")) + "] AS texts",
                    Map.of());
            batches(rows, batch -> embed(index, batch));
        }
        store.schema("CREATE VECTOR INDEX " + index.name() + " IF NOT EXISTS FOR (n:" + index.label() + ") ON n."
                + index.property() + " OPTIONS {indexConfig: {`vector.dimensions`: " + index.dimensions()
                + ", `vector.similarity_function`: 'cosine'}}");
    }

    private void embed(VectorIndex index, List<Row> rows) {
        EmbeddingModel model = java.util.Objects.requireNonNull(embedder);
        List<TextSegment> texts = rows.stream()
                .map(r -> TextSegment.from(String.valueOf(r.get("texts"))))
                .toList();
        List<Map<String, Object>> vectors = new ArrayList<>();
        List<dev.langchain4j.data.embedding.Embedding> made =
                model.embedAll(texts).content();
        for (int i = 0; i < rows.size(); i++) {
            vectors.add(
                    Map.of("id", rows.get(i).text("id"), "vector", made.get(i).vectorAsList()));
        }
        store.write(
                "UNWIND $rows AS row MATCH (n:" + index.label()
                        + " {id: row.id}) CALL db.create.setNodeVectorProperty(n, '" + index.property()
                        + "', row.vector)",
                Map.of("rows", vectors));
    }

    /** A file's name as a part of a property name. */
    private static String key(String file) {
        return file.replaceAll("[^A-Za-z0-9]", "_");
    }

    private static String fingerprint(Path file, SourceFile source) {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(source.toString().getBytes(StandardCharsets.UTF_8));
            in.transferTo(new java.security.DigestOutputStream(java.io.OutputStream.nullOutputStream(), digest));
            return HexFormat.of().formatHex(digest.digest());
        } catch (IOException e) {
            throw new GraphException(GraphError.DATA, file + " cannot be read: " + e.getMessage() + ".", e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
