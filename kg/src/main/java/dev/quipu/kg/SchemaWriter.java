package dev.quipu.kg;

import dev.quipu.kg.GraphStore.Statement;
import dev.quipu.kg.Mapping.FulltextIndex;
import dev.quipu.kg.Mapping.Records;
import dev.quipu.kg.Mapping.VectorIndex;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Declares what a mapping asks of the schema: unique keys, indexes for look-ups, and full-text indexes. A full-text or
 * vector index that the graph has under the same name but over other properties, or under another name over the same ones,
 * gives way to the declared one.
 */
final class SchemaWriter {
    private static final String DONE = "#schema";

    private final GraphStore store;
    private final Mapping mapping;

    SchemaWriter(GraphStore store, Mapping mapping) {
        this.store = store;
        this.mapping = mapping;
    }

    /**
     * Declares it unless a load of the same mapping did.
     *
     * @param done the marks of earlier loads
     * @return whether anything was declared
     */
    boolean write(Map<String, LoadedFile> done) {
        List<Statement> keys = keys();
        String wanted = Fingerprint.of(keys + "" + mapping.fulltext() + mapping.vectors());
        LoadedFile mark = done.get(DONE);
        if (mark != null && mark.fingerprint().equals(wanted)) {
            return false;
        }
        dropOutdated();
        keys.forEach(s -> store.schema(s.cypher()));
        mapping.fulltext().forEach(this::fulltext);
        store.write(List.of(LoadedFile.mark(DONE, wanted)));
        return true;
    }

    private List<Statement> keys() {
        Set<String> labels = new LinkedHashSet<>();
        Set<String> lookups = new LinkedHashSet<>();
        mapping.sources().forEach(s -> collect(s.records(), labels, lookups));
        Stream<String> unique =
                labels.stream().map(l -> "CREATE CONSTRAINT IF NOT EXISTS FOR (n:`" + l + "`) REQUIRE n.id IS UNIQUE");
        return Stream.concat(unique, lookups.stream())
                .map(s -> new Statement(s, Map.of()))
                .toList();
    }

    private static void collect(Records records, Set<String> labels, Set<String> lookups) {
        records.nodes().forEach(n -> labels.add(n.label()));
        records.relationships().stream()
                .flatMap(r -> Stream.of(r.from(), r.to()))
                .filter(e -> !e.by().equals("id"))
                .map(e -> "CREATE INDEX IF NOT EXISTS FOR (n:`" + e.label() + "`) ON (n.`" + e.by() + "`)")
                .forEach(lookups::add);
        records.nested().forEach(n -> collect(n, labels, lookups));
    }

    private void dropOutdated() {
        if (mapping.fulltext().isEmpty() && mapping.vectors().isEmpty()) {
            return;
        }
        List<Row> present = store.read(
                "SHOW INDEXES YIELD name, type, labelsOrTypes, properties, options"
                        + " WHERE type IN ['FULLTEXT', 'VECTOR']"
                        + " RETURN name, labelsOrTypes, properties, options.indexConfig AS config",
                Map.of());
        for (Row row : present) {
            String name = row.text("name");
            boolean outdated = mapping.fulltext().stream()
                            .anyMatch(i ->
                                    i.name().equals(name) ? !matches(i, row) : same(row, i.labels(), i.properties()))
                    || mapping.vectors().stream()
                            .anyMatch(i -> i.name().equals(name)
                                    ? !matches(i, row)
                                    : same(row, List.of(i.label()), List.of(i.property())));
            if (outdated) {
                store.schema("DROP INDEX `" + name + "`");
            }
        }
    }

    private static boolean matches(FulltextIndex index, Row row) {
        return same(row, index.labels(), index.properties())
                && String.valueOf(row.get("config")).contains("=" + index.analyzer());
    }

    private static boolean matches(VectorIndex index, Row row) {
        return same(row, List.of(index.label()), List.of(index.property()))
                && String.valueOf(row.get("config")).contains("vector.dimensions=" + index.dimensions());
    }

    private static boolean same(Row row, List<String> labels, List<String> properties) {
        return row.get("labelsOrTypes") instanceof List<?> ls
                && row.get("properties") instanceof List<?> ps
                && new TreeSet<>(labels)
                        .equals(new TreeSet<>(ls.stream().map(String::valueOf).toList()))
                && new TreeSet<>(properties)
                        .equals(new TreeSet<>(ps.stream().map(String::valueOf).toList()));
    }

    private void fulltext(FulltextIndex index) {
        String labels = index.labels().stream().map(l -> "`" + l + "`").collect(Collectors.joining("|"));
        String properties =
                index.properties().stream().map(p -> "n.`" + p + "`").collect(Collectors.joining(", "));
        try {
            store.schema("CREATE FULLTEXT INDEX `" + index.name() + "` IF NOT EXISTS FOR (n:" + labels + ") ON EACH ["
                    + properties + "] OPTIONS {indexConfig: {`fulltext.analyzer`: '" + index.analyzer() + "'}}");
        } catch (GraphUnavailableException e) {
            throw e;
        } catch (GraphException e) {
            throw new GraphException(
                    GraphError.MAPPING,
                    "The full-text index '" + index.name() + "' cannot be made: " + e.detail()
                            + " Correct its entry; analyzers are for example standard, cjk, english.",
                    e);
        }
    }
}
