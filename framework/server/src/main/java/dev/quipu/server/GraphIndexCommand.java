package dev.quipu.server;

import dev.quipu.kg.GraphException;
import dev.quipu.kg.GraphStore;
import dev.quipu.kg.text.DocumentFiles;
import dev.quipu.kg.text.NameReader;
import dev.quipu.kg.text.TextGraph;
import dev.quipu.llama.Engine;
import dev.quipu.llama.EngineOptions;
import dev.quipu.llama.LlamaChatModel;
import dev.quipu.llama.Sampling;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
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
    private static final int CONTEXT = 4096;
    private static final Duration DEADLINE = Duration.ofMinutes(2);

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

    @Option(
            names = "--extract",
            paramLabel = "MODEL",
            description = "A language model that reads further names out of the passages, slowly; what it has read it"
                    + " does not read again.")
    private Optional<String> extractor = Optional.empty();

    @Option(
            names = "--extract-most",
            defaultValue = "1000",
            paramLabel = "N",
            description = "Passages that it may read in this run (default: ${DEFAULT-VALUE}).")
    private int extractMost;

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
            int extracted = extractor.map(m -> extract(text, m)).orElse(0);
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
                                            .put("extracted", extracted)
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

    private int extract(TextGraph text, String model) {
        EngineOptions options = EngineOptions.builder(ModelFiles.find(model))
                .contextSize(CONTEXT)
                .sequences(1)
                .build();
        try (Engine engine = Engine.load(options)) {
            NameReader reader = NameReader.of(LlamaChatModel.of(engine, model).with(Sampling.GREEDY, DEADLINE));
            PercentLine line = new PercentLine("extracted");
            return text.extract(reader, model, extractMost, (done, of) -> line.accept((double) done / of));
        }
    }
}
