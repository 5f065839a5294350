package dev.quipu.kg;

import dev.quipu.kg.Mapping.Records;
import dev.quipu.kg.Mapping.SourceFile;
import dev.quipu.kg.RowCollector.NodeOfRow;
import dev.quipu.kg.RowCollector.Pass;
import dev.quipu.kg.RowCollector.RelationshipGroup;
import dev.quipu.kg.RowCollector.RelationshipOfRow;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to bring changed files into the graph: first the nodes of all of them, then the relationships.
 *
 * <p>Two kinds of unchanged files are written again, so that the result is that of a load from nothing: those whose
 * relationships may end at nodes that came or went, and those that set the same properties of the same nodes.
 */
final class LoadRun {
    /**
     * What to load.
     *
     * @param files what each source will hold
     * @param last what each file held after its last load
     */
    record Task(
            Mapping mapping,
            Path folder,
            Map<SourceFile, LoadedFile> files,
            Map<String, LoadedFile> last,
            List<SourceFile> changed,
            boolean stopAtBadRow,
            UnaryOperator<@Nullable String> environment,
            LoadProgress progress) {}

    /** What was done. */
    record Outcome(long nodes, long relationships, List<BadRow> bad, List<String> notes) {
        static final Outcome NOTHING = new Outcome(0, 0, List.of(), List.of());
    }

    private static final int TOLD_EVERY = 10_000;

    private final Task task;
    private final GraphTransaction tx;
    private final Map<String, Long> nodes = new LinkedHashMap<>();
    private final Map<String, Set<BadRow>> bad = new LinkedHashMap<>();
    private final Set<String> notes = new LinkedHashSet<>();
    private final Map<SourceFile, RecordSource> opened = new LinkedHashMap<>();
    /** Labels of which nodes came or went. */
    private final Set<String> moved = new TreeSet<>();

    private long relationships;

    LoadRun(Task task, GraphTransaction tx) {
        this.task = task;
        this.tx = tx;
    }

    Outcome run() {
        Set<SourceFile> again = new LinkedHashSet<>(task.changed());
        for (SourceFile source : again) {
            opened(source);
            if (last(source).isEmpty()) {
                tx.run(file(source).remember(""));
            }
        }
        do {
            inOrder(again).forEach(this::strip);
            inOrder(again).forEach(this::nodes);
        } while (again.addAll(entangled(again)));
        for (SourceFile source : inOrder(again)) {
            statements(source)
                    .removeNodes()
                    .filter(s -> last(source).isPresent())
                    .filter(s -> tx.run(s).deleted() > 0)
                    .ifPresent(s -> moved.addAll(whole(source).labels()));
        }
        for (SourceFile source : task.mapping().sources()) {
            if (task.changed().contains(source) || endsAtMoved(source.records())) {
                relationships(source);
                // Also of a file that did not change: the next load must tell what this one wrote.
                again.add(source);
            }
        }
        again.forEach(s -> tx.run(file(s).remember(file(s).fingerprint())));
        if (tx instanceof PartedTransaction parts) {
            parts.commit();
        }
        long written = nodes.values().stream().mapToLong(Long::longValue).sum();
        return new Outcome(
                written,
                relationships,
                bad.values().stream().flatMap(Set::stream).toList(),
                List.copyOf(notes));
    }

    private List<SourceFile> inOrder(Set<SourceFile> some) {
        return task.mapping().sources().stream().filter(some::contains).toList();
    }

    private LoadedFile file(SourceFile source) {
        return java.util.Objects.requireNonNull(task.files().get(source));
    }

    private Optional<LoadedFile> last(SourceFile source) {
        return Optional.ofNullable(task.last().get(source.file()));
    }

    /** What a file holds and what it held. */
    private LoadedFile whole(SourceFile source) {
        return file(source).with(last(source));
    }

    private SourceStatements statements(SourceFile source) {
        return new SourceStatements(whole(source), file(source).stamp());
    }

    private RecordSource opened(SourceFile source) {
        return opened.computeIfAbsent(
                source,
                s -> s.query().isPresent()
                        ? new SqlRecords(s, s.query().get(), task.environment())
                        : DataFile.open(s, task.folder(), notes::add));
    }

    private void strip(SourceFile source) {
        if (last(source).isPresent() || nodes.containsKey(source.file())) {
            statements(source).strip().forEach(tx::run);
        }
    }

    private void nodes(SourceFile source) {
        long[] written = {0};
        read(source, Pass.NODES, new RowCollector.Batches() {
            @Override
            public void nodes(String label, List<NodeOfRow> rows) {
                written[0] += rows.size();
                if (tx.merge(nodeRows(source, label, rows)).created() > 0) {
                    moved.add(label);
                }
            }

            @Override
            public void relationships(RelationshipGroup group, List<RelationshipOfRow> rows) {
                throw new IllegalStateException("a pass over nodes makes no relationships");
            }
        });
        nodes.put(source.file(), written[0]);
    }

    /** Unchanged files that set the same properties of the same nodes as those that are written. */
    private List<SourceFile> entangled(Set<SourceFile> written) {
        List<SourceFile> found = new ArrayList<>();
        for (SourceFile other : task.mapping().sources()) {
            boolean entangled = !written.contains(other)
                    && written.stream().anyMatch(w -> {
                        List<String> labels = whole(w).sharedLabels(whole(other));
                        return !labels.isEmpty()
                                && !tx.run(statements(w).overlap(whole(other), labels))
                                        .rows()
                                        .isEmpty();
                    });
            if (entangled) {
                found.add(other);
            }
        }
        return found;
    }

    private void relationships(SourceFile source) {
        read(source, Pass.RELATIONSHIPS, new RowCollector.Batches() {
            @Override
            public void nodes(String label, List<NodeOfRow> rows) {
                throw new IllegalStateException("a pass over relationships makes no nodes");
            }

            @Override
            public void relationships(RelationshipGroup group, List<RelationshipOfRow> rows) {
                if (!rows.isEmpty()) {
                    merge(source, group, rows);
                }
            }
        });
        if (last(source).isPresent()) {
            statements(source).removeRelationships().ifPresent(tx::run);
        }
    }

    private GraphTransaction.NodeRows nodeRows(SourceFile source, String label, List<NodeOfRow> rows) {
        SourceStatements of = statements(source);
        return new GraphTransaction.NodeRows(
                label,
                "id",
                rows.stream()
                        .map(r -> new GraphTransaction.NodeRow(r.id(), of.marked(r.row(), r.properties())))
                        .toList());
    }

    private void merge(SourceFile source, RelationshipGroup group, List<RelationshipOfRow> rows) {
        SourceStatements of = statements(source);
        GraphTransaction.Merged merged = tx.merge(new GraphTransaction.RelationshipRows(
                group.type(),
                end(group.from()),
                end(group.to()),
                rows.stream()
                        .map(r -> new GraphTransaction.RelationshipRow(r.from(), r.to(), of.marked(r.row(), Map.of())))
                        .toList()));
        relationships += merged.found();
        if (!group.optional()) {
            for (GraphTransaction.Dangling one : merged.dangling()) {
                report(new BadRow(
                        source.file(),
                        rows.get(one.position()).row(),
                        group.type(),
                        "refers to the " + one.label() + " '" + one.id() + "', which no row declares"));
            }
        }
    }

    private static GraphTransaction.End end(Mapping.RelationshipRule.End end) {
        return new GraphTransaction.End(end.label(), end.by());
    }

    private void read(SourceFile source, Pass pass, RowCollector.Batches batches) {
        RowCollector rows = new RowCollector(source.file(), pass, batches, this::report);
        Records rules = source.records();
        Records inside = new Records("", rules.nodes(), rules.relationships(), rules.nested());
        LoadProgress.Step step = pass == Pass.NODES ? LoadProgress.Step.NODES : LoadProgress.Step.RELATIONSHIPS;
        long[] read = {0};
        opened(source)
                .read(
                        record -> {
                            rows.collect(record, inside);
                            if (++read[0] % TOLD_EVERY == 0) {
                                task.progress().read(source.file(), step, read[0]);
                            }
                        },
                        this::report);
        rows.flush();
    }

    private void report(BadRow row) {
        if (task.stopAtBadRow()) {
            throw new GraphException(
                    GraphError.BAD_ROW, row + ". Nothing is loaded. Correct it, or go on at bad rows.");
        }
        bad.computeIfAbsent(row.file(), f -> new LinkedHashSet<>()).add(row);
    }

    private boolean endsAtMoved(Records records) {
        return records.relationships().stream()
                        .anyMatch(r -> moved.contains(r.from().label())
                                || moved.contains(r.to().label())
                                || !r.from().by().equals("id")
                                || !r.to().by().equals("id"))
                || records.nested().stream().anyMatch(this::endsAtMoved);
    }
}
