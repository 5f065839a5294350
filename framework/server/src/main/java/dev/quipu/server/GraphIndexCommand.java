package dev.quipu.server;

import dev.quipu.kg.GraphException;
import dev.quipu.kg.GraphStore;
import dev.quipu.kg.text.DocumentFiles;
import dev.quipu.kg.text.TextGraph;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Texts into the graph. */
@Command(
        name = "index",
        mixinStandardHelpOptions = true,
        description = "Puts documents into a graph, each in place of what its source held; no language model runs."
                + " Run again after an interruption, it goes on where it was.")
final class GraphIndexCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(
            arity = "0..*",
            paramLabel = "DOCS",
            description =
                    "JSON lines (source, title, text, aliases, tenant, validFrom, validTo), Markdown, plain text, HTML,"
                            + " PDF, DOCX, or folders of them. A file of a folder that cannot be read is reported and"
                            + " left out.")
    private List<Path> documents = List.of();

    @Option(
            names = "--graph",
            required = true,
            paramLabel = "URI_OR_DIR",
            description = "bolt:// or neo4j:// of a server, or a folder.")
    @SuppressWarnings("NullAway.Init")
    private String graph;

    @Option(names = "--delete", paramLabel = "SOURCE", description = "A source to delete with all that came of it.")
    private List<String> deleted = List.of();

    @Option(names = "--words-only", description = "Without vectors: ready sooner, finds less.")
    private boolean wordsOnly;

    @Option(names = "--json", description = "One JSON object on the last line of standard output.")
    private boolean json;

    @Override
    public Integer call() {
        PrintWriter err = spec.commandLine().getErr();
        err.println("opening " + graph);
        try (GraphStore store = GraphStore.open(Home.graph(graph))) {
            TextGraph text = TextGraph.open(store, wordsOnly ? Map.of() : PassageModels.standard());
            long start = System.nanoTime();
            int gone = text.delete(deleted);
            DocumentBatches batches = new DocumentBatches(text, err);
            List<GraphException> failures = new ArrayList<>();
            for (Path one : documents) {
                DocumentFiles.each(one, batches::add, failures::add);
            }
            batches.flush();
            failures.forEach(f -> err.println("left out: " + f.getMessage()));
            int changed = batches.changed();
            double searchable = (System.nanoTime() - start) / 1e9;
            PercentLine embedded = new PercentLine("embedded");
            text.embed((done, of) -> embedded.accept((double) done / of));
            double seconds = (System.nanoTime() - start) / 1e9;
            spec.commandLine()
                    .getOut()
                    .println(
                            json
                                    ? Json.create()
                                            .put("documents", batches.read())
                                            .put("changed", changed)
                                            .put("deleted", gone)
                                            .put("left_out", failures.size())
                                            .put("passages", text.passages())
                                            .put("searchable_seconds", searchable)
                                            .put("seconds", seconds)
                                    : String.format(
                                            Locale.ROOT,
                                            "%d document(s), %d changed, %d deleted, %d left out; the graph holds %d passages;"
                                                    + " searchable after %.1f s, with vectors after %.1f s",
                                            batches.read(),
                                            changed,
                                            gone,
                                            failures.size(),
                                            text.passages(),
                                            searchable,
                                            seconds));
        }
        return 0;
    }
}
