package dev.quipu.kg;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What Quipu itself needs of a graph's schema, by version. A graph of an older version is brought to this one when it is
 * opened for loading or indexing; one of a newer version is refused, as this code does not know what its data mean.
 */
public final class GraphMigrations {
    private static final String MARK = "#migrations";

    /** The first query of a process loads the query engine, which takes its time on a busy machine. */
    private static final Duration FIRST_QUERY = Duration.ofMinutes(1);

    /** Each step can be taken twice, as an interruption may come between it and its mark. Steps are only ever added. */
    private static final List<List<String>> STEPS = List.of(List.of(
            "CREATE CONSTRAINT IF NOT EXISTS FOR (n:LoadedFile) REQUIRE n.id IS UNIQUE",
            "CREATE CONSTRAINT IF NOT EXISTS FOR (n:TextSource) REQUIRE n.id IS UNIQUE",
            "CREATE CONSTRAINT IF NOT EXISTS FOR (n:TextPassage) REQUIRE n.id IS UNIQUE",
            "CREATE CONSTRAINT IF NOT EXISTS FOR (n:TextEntity) REQUIRE n.key IS UNIQUE"));

    private GraphMigrations() {}

    /** The version that this code brings graphs to. */
    public static int latest() {
        return STEPS.size();
    }

    /** The version of a graph; 0 if nothing of Quipu is in it. */
    public static int version(GraphStore store) {
        return store
                .read(
                        "MATCH (f:LoadedFile {id: $id}) RETURN toInteger(f.fingerprint) AS version",
                        Map.of("id", MARK),
                        FIRST_QUERY,
                        1)
                .stream()
                .mapToInt(r -> (int) r.number("version"))
                .findFirst()
                .orElse(0);
    }

    /**
     * Takes the steps that are missing.
     *
     * @return how many were
     * @throws GraphException if the graph is of a newer version
     */
    public static int run(GraphStore store) {
        int version = version(store);
        if (version > latest()) {
            throw new GraphException(
                    GraphError.NEWER,
                    "The graph has version " + version + " of Quipu's schema, this Quipu knows " + latest()
                            + ". Use the newer Quipu, or another graph.");
        }
        for (int step = version; step < latest(); step++) {
            STEPS.get(step).forEach(store::schema);
            store.write(List.of(LoadedFile.mark(MARK, String.valueOf(step + 1))));
        }
        return latest() - version;
    }
}
