package dev.quipu.server;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quipu.kg.BadRow;
import dev.quipu.kg.GraphLoader;
import dev.quipu.kg.GraphStore;
import dev.quipu.kg.LoadReport;
import dev.quipu.kg.Mapping;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Tables into the graph. */
@Command(
        name = "load",
        mixinStandardHelpOptions = true,
        description = "Loads data files as a mapping says; what did not change is skipped, what is gone is removed.")
final class GraphLoadCommand implements Callable<Integer> {
    /** What to do at a row that does not fit. */
    enum OnError {
        skip,
        stop
    }

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(paramLabel = "MAPPING.yaml", description = "What becomes which node or relationship.")
    @SuppressWarnings("NullAway.Init")
    private Path mapping;

    @Option(names = "--data", required = true, paramLabel = "DIR", description = "The folder of the data files.")
    @SuppressWarnings("NullAway.Init")
    private Path data;

    @Option(
            names = "--graph",
            required = true,
            paramLabel = "URI_OR_DIR",
            description = "bolt:// or neo4j:// of a server (user and password: QUIPU_GRAPH_USER, QUIPU_GRAPH_PASSWORD),"
                    + " or a folder.")
    @SuppressWarnings("NullAway.Init")
    private String graph;

    @Option(
            names = "--on-error",
            defaultValue = "skip",
            paramLabel = "WHAT",
            description = "${COMPLETION-CANDIDATES}: what to do at a bad row (default: ${DEFAULT-VALUE}).")
    private OnError onError = OnError.skip;

    @Option(names = "--json", description = "One JSON object on the last line of standard output.")
    private boolean json;

    @Override
    public Integer call() {
        Mapping read = Mapping.read(mapping);
        PrintWriter err = spec.commandLine().getErr();
        err.println("opening " + graph);
        try (GraphStore store = GraphStore.open(Home.graph(graph))) {
            GraphLoader loader = Assembly.loader(store, read, Assembly::embedders)
                    .withProgress((file, step, rows) -> err.printf(
                            Locale.ROOT,
                            "%s: %,d rows for their %s%n",
                            file,
                            rows,
                            step.name().toLowerCase(Locale.ROOT)));
            err.println("loading " + read.sources().size() + " file(s) from " + data);
            LoadReport report = (onError == OnError.stop ? loader.stoppingAtBadRows() : loader).load(data);
            report.notes().forEach(n -> err.println("note: " + n));
            if (!json) {
                report.bad().forEach(b -> err.println("bad row: " + b));
            }
            spec.commandLine().getOut().println(json ? json(report) : summary(report));
        }
        return 0;
    }

    private static String summary(LoadReport report) {
        return String.format(
                Locale.ROOT,
                "%d file(s), %d unchanged: %d nodes and %d relationships written, %d bad row(s), %.2f s",
                report.files(),
                report.unchanged(),
                report.nodes(),
                report.relationships(),
                report.bad().size(),
                seconds(report));
    }

    private static double seconds(LoadReport report) {
        return report.time().toMillis() / 1000.0;
    }

    private static ObjectNode json(LoadReport report) {
        ObjectNode root = Json.create()
                .put("files", report.files())
                .put("unchanged", report.unchanged())
                .put("nodes", report.nodes())
                .put("relationships", report.relationships())
                .put("seconds", seconds(report));
        ArrayNode bad = root.putArray("bad");
        for (BadRow row : report.bad()) {
            bad.addObject()
                    .put("file", row.file())
                    .put("row", row.row())
                    .put("column", row.column())
                    .put("reason", row.reason());
        }
        ArrayNode notes = root.putArray("notes");
        report.notes().forEach(notes::add);
        return root;
    }
}
