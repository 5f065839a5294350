package dev.quipu.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quipu.kg.GraphMigrations;
import dev.quipu.kg.GraphStatistics;
import dev.quipu.kg.GraphStore;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What is in a graph and how it is. */
@Command(
        name = "stats",
        mixinStandardHelpOptions = true,
        description = "Counts what is in a graph, shows its indexes, constraints and schema version, and whether it"
                + " answers; exit code 1 if it does not.")
final class GraphStatsCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(
            names = "--graph",
            required = true,
            paramLabel = "URI_OR_DIR",
            description = "bolt:// or neo4j:// of a server, or a folder.")
    @SuppressWarnings("NullAway.Init")
    private String graph;

    @Option(names = "--json", description = "One JSON object on the last line of standard output.")
    private boolean json;

    @Override
    public Integer call() {
        spec.commandLine().getErr().println("opening " + graph);
        try (GraphStore store = GraphStore.open(Home.graph(graph))) {
            GraphStatistics statistics = GraphStatistics.of(store);
            boolean healthy = store.healthy() && statistics.ready();
            spec.commandLine().getOut().println(json ? json(statistics, healthy) : text(statistics, healthy));
            return healthy ? 0 : 1;
        }
    }

    private static ObjectNode json(GraphStatistics statistics, boolean healthy) {
        ObjectNode root = Json.create()
                .put("healthy", healthy)
                .put("version", statistics.version())
                .put("latest_version", GraphMigrations.latest())
                .put("sources", statistics.sources());
        root.set("nodes", Json.tree(statistics.nodes()));
        root.set("relationships", Json.tree(statistics.relationships()));
        root.set("indexes", Json.tree(statistics.indexes()));
        root.set("constraints", Json.tree(statistics.constraints()));
        return root;
    }

    private static String text(GraphStatistics statistics, boolean healthy) {
        StringBuilder text = new StringBuilder();
        text.append(healthy ? "healthy" : "not healthy")
                .append(", schema version ")
                .append(statistics.version())
                .append(" of ")
                .append(GraphMigrations.latest())
                .append(", ")
                .append(statistics.sources())
                .append(" source(s)\n");
        statistics.nodes().forEach((label, n) -> row(text, label, n));
        statistics.relationships().forEach((type, n) -> row(text, "-[" + type + "]->", n));
        for (GraphStatistics.Index index : statistics.indexes()) {
            text.append(String.format(
                    Locale.ROOT,
                    "index %s, %s, %s, %.0f %%%n",
                    index.name(),
                    index.type().toLowerCase(Locale.ROOT),
                    index.state().toLowerCase(Locale.ROOT),
                    index.percent()));
        }
        return text.toString().stripTrailing();
    }

    private static void row(StringBuilder text, String name, long n) {
        text.append(String.format(Locale.ROOT, "%,12d  %s%n", n, name));
    }
}
