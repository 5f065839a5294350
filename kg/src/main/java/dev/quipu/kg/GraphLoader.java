package dev.quipu.kg;

import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.quipu.kg.Mapping.SourceFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Loads data files into a graph as a mapping says.
 *
 * <p>Every node and relationship carries the files and rows it comes from. Loading twice gives the same graph as loading
 * once, and files that did not change are skipped. When files changed, all of them are brought in by one transaction:
 * nodes and relationships are created or updated, and what a file held at its last load and no longer holds is removed,
 * unless another file holds it too. Queries of the same store see the old state or the new one. Only the very first load
 * commits in parts, so that its size is not bounded by memory.
 *
 * <p>The result does not depend on the order of loads: it is what a load of all files into an empty graph gives. Where
 * two files set the same property of a node, the later one of the mapping wins.
 *
 * <p>Thread-safe, but one load at a time on a graph.
 */
public final class GraphLoader {
    private static final Duration LIMIT = Duration.ofMinutes(30);

    private final GraphStore store;
    private final Mapping mapping;
    private final @Nullable EmbeddingModel embedder;
    private final boolean stopAtBadRow;
    private final UnaryOperator<@Nullable String> environment;
    private final LoadProgress progress;

    private GraphLoader(
            GraphStore store,
            Mapping mapping,
            @Nullable EmbeddingModel embedder,
            boolean stopAtBadRow,
            UnaryOperator<@Nullable String> environment,
            LoadProgress progress) {
        this.environment = environment;
        this.progress = progress;
        this.store = store;
        this.mapping = mapping;
        this.embedder = embedder;
        this.stopAtBadRow = stopAtBadRow;
    }

    /** A loader without vectors that goes on after bad rows. */
    public static GraphLoader of(GraphStore store, Mapping mapping) {
        return new GraphLoader(store, mapping, null, false, System::getenv, (file, step, rows) -> {});
    }

    /** Fills vector indexes with this model's vectors. */
    public GraphLoader withEmbedder(EmbeddingModel model) {
        return new GraphLoader(store, mapping, model, stopAtBadRow, environment, progress);
    }

    /** Where addresses and credentials of databases are looked up, the process's environment otherwise. */
    public GraphLoader withEnvironment(UnaryOperator<@Nullable String> variables) {
        return new GraphLoader(store, mapping, embedder, stopAtBadRow, variables, progress);
    }

    /** Stops with an error at the first bad row; the graph then stays as it was. */
    public GraphLoader stoppingAtBadRows() {
        return new GraphLoader(store, mapping, embedder, true, environment, progress);
    }

    /** Tells how far it is, every ten thousand rows. */
    public GraphLoader withProgress(LoadProgress listener) {
        return new GraphLoader(store, mapping, embedder, stopAtBadRow, environment, listener);
    }

    /**
     * Loads all files of the mapping from a folder.
     *
     * @throws GraphException if a file cannot be read, the store fails, or a bad row stops the load
     */
    public LoadReport load(Path folder) {
        long start = System.nanoTime();
        GraphMigrations.run(store);
        Map<String, LoadedFile> last = LoadedFile.read(store);
        Map<SourceFile, LoadedFile> files = new LinkedHashMap<>();
        for (SourceFile source : mapping.sources()) {
            String fingerprint = source.query()
                    .map(q -> new SqlRecords(source, q, environment).fingerprint())
                    .orElseGet(() -> Fingerprint.of(folder.resolve(source.file()), source.toString()));
            files.put(source, LoadedFile.of(source, fingerprint, Optional.ofNullable(last.get(source.file()))));
        }
        List<SourceFile> changed = files.entrySet().stream()
                .filter(f -> !f.getValue().isSameAs(last.get(f.getKey().file())))
                .map(Map.Entry::getKey)
                .toList();
        VectorWriter vectors = new VectorWriter(store, embedder);
        SchemaWriter schema = new SchemaWriter(store, mapping);
        boolean declared = schema.write(last);
        LoadRun.Outcome outcome = changed.isEmpty()
                ? LoadRun.Outcome.NOTHING
                : write(new LoadRun.Task(mapping, folder, files, last, changed, stopAtBadRow, environment, progress));
        List<String> notes = new ArrayList<>(outcome.notes());
        boolean filled = mapping.vectors().stream()
                .map(v -> vectors.fill(v, !changed.isEmpty(), last, notes))
                .reduce(false, Boolean::logicalOr);
        if (declared || filled || !changed.isEmpty()) {
            store.read("CALL db.awaitIndexes(300)", Map.of(), Duration.ofMinutes(6), 1);
        }
        return new LoadReport(
                files.size(),
                files.size() - changed.size(),
                outcome.nodes(),
                outcome.relationships(),
                outcome.bad(),
                notes,
                Duration.ofNanos(System.nanoTime() - start));
    }

    private LoadRun.Outcome write(LoadRun.Task task) {
        boolean first = mapping.sources().stream().noneMatch(s -> task.last().containsKey(s.file()));
        if (first && !stopAtBadRow) {
            return new LoadRun(task, new PartedTransaction(store)).run();
        }
        return store.replace(LIMIT, tx -> new LoadRun(task, tx).run());
    }

    /**
     * Removes everything that only this file holds, in one transaction. Files that set the same properties of nodes that
     * stay are read again by the next load.
     */
    public void unload(String file) {
        Map<String, LoadedFile> all = LoadedFile.read(store);
        LoadedFile gone = all.get(file);
        if (gone == null) {
            throw new GraphException(
                    GraphError.DATA,
                    "The graph holds nothing of " + file + ". It holds "
                            + String.join(
                                    ", ",
                                    all.keySet().stream()
                                            .filter(k -> !k.startsWith("#"))
                                            .sorted()
                                            .toList())
                            + ".");
        }
        List<GraphStore.Statement> statements = new ArrayList<>();
        SourceStatements of = new SourceStatements(gone, gone.stamp() + 1);
        statements.addAll(of.strip());
        of.removeRelationships().ifPresent(statements::add);
        of.removeNodes().ifPresent(statements::add);
        all.values().stream()
                .filter(f -> !f.file().equals(file) && !f.sharedLabels(gone).isEmpty())
                .forEach(f -> statements.add(f.remember("")));
        statements.add(new GraphStore.Statement("MATCH (f:LoadedFile {id: $id}) DELETE f", Map.of("id", file)));
        store.replace(LIMIT, tx -> {
            statements.forEach(tx::run);
            return statements.size();
        });
    }
}
