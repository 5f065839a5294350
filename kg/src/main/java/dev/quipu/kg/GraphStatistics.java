package dev.quipu.kg;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is in a graph, from Neo4j's own counts, so that it costs the same whatever the size.
 *
 * @param version of Quipu's schema
 * @param nodes by label
 * @param relationships by type
 * @param sources the data files and document sources that it holds
 * @param indexes with the state that they are in
 * @param constraints by name
 */
public record GraphStatistics(
        int version,
        SortedMap<String, Long> nodes,
        SortedMap<String, Long> relationships,
        long sources,
        List<Index> indexes,
        List<String> constraints) {
    /**
     * An index.
     *
     * @param percent how much of it is filled
     */
    public record Index(String name, String type, String state, double percent) {}

    public static GraphStatistics of(GraphStore store) {
        SortedMap<String, Long> nodes = new TreeMap<>();
        for (Row row : store.read("CALL db.labels() YIELD label RETURN label", Map.of())) {
            count(store, nodes, row.text("label"), "MATCH (:%s) RETURN count(*) AS n");
        }
        SortedMap<String, Long> relationships = new TreeMap<>();
        for (Row row : store.read("CALL db.relationshipTypes() YIELD relationshipType AS type RETURN type", Map.of())) {
            count(store, relationships, row.text("type"), "MATCH ()-[:%s]->() RETURN count(*) AS n");
        }
        long sources = store.read("MATCH (f:LoadedFile) WHERE NOT f.id STARTS WITH '#' RETURN count(*) AS n", Map.of())
                .getFirst()
                .number("n");
        List<Index> indexes = store
                .read(
                        "SHOW INDEXES YIELD name, type, state, populationPercent AS percent WHERE type <> 'LOOKUP'"
                                + " RETURN name, type, state, percent ORDER BY name",
                        Map.of())
                .stream()
                .map(r -> new Index(
                        r.text("name"), r.text("type"), r.text("state"), Double.parseDouble(r.text("percent"))))
                .toList();
        List<String> constraints =
                store.read("SHOW CONSTRAINTS YIELD name RETURN name ORDER BY name", Map.of()).stream()
                        .map(r -> r.text("name"))
                        .toList();
        return new GraphStatistics(
                GraphMigrations.version(store),
                nodes,
                relationships,
                sources + nodes.getOrDefault("TextSource", 0L),
                indexes,
                constraints);
    }

    /** Names with nothing in them are left over from what was deleted, as Neo4j never forgets a name. */
    private static void count(GraphStore store, SortedMap<String, Long> into, String name, String query) {
        String quoted = "`" + name.replace("`", "``") + "`";
        long n = store.read(query.formatted(quoted), Map.of()).getFirst().number("n");
        if (n > 0) {
            into.put(name, n);
        }
    }

    /** Whether every index is ready. */
    public boolean ready() {
        return indexes.stream().allMatch(i -> i.state().equals("ONLINE"));
    }
}
