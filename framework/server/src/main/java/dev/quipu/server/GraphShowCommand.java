package dev.quipu.server;

import dev.quipu.Subgraph;
import dev.quipu.kg.GraphStore;
import dev.quipu.kg.SchemaGraph;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A graph to look at. */
@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        description =
                "Writes a page that shows where an answer stands in the graph, or which labels and types there are."
                        + " The page is one file and loads nothing.")
final class GraphShowCommand implements Callable<Integer> {
    /** One of the two. */
    static final class Shown {
        @Option(names = "--ask", required = true, paramLabel = "QUESTION", description = "Where its facts stand.")
        private @Nullable String question;

        @Option(names = "--schema", required = true, description = "Labels and the relationships between them.")
        private boolean schema;
    }

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @ArgGroup(multiplicity = "1")
    @SuppressWarnings("NullAway.Init")
    private Shown shown;

    @Option(
            names = "--graph",
            required = true,
            paramLabel = "URI_OR_DIR",
            description = "bolt:// or neo4j:// of a server, or a folder.")
    @SuppressWarnings("NullAway.Init")
    private String graph;

    @Option(names = "--suite", paramLabel = "DIR", description = "The suite's folder (default: the sample shop).")
    private @Nullable Path suite;

    @Option(names = "--customer", paramLabel = "ID", description = "Who is signed in (default: a visitor).")
    private @Nullable String customer;

    @Option(names = "--out", required = true, paramLabel = "PAGE.html", description = "The page to write.")
    @SuppressWarnings("NullAway.Init")
    private Path out;

    @Option(names = "--json", description = "One JSON object on the last line of standard output.")
    private boolean json;

    @Override
    public Integer call() {
        String question = Optional.ofNullable(shown.question).orElse("");
        spec.commandLine().getErr().println("opening " + graph);
        try (GraphStore store = GraphStore.open(Home.graph(graph))) {
            Subgraph found = shown.schema ? SchemaGraph.of(store) : answer(store, question);
            String title = shown.schema ? "The schema of " + graph : question;
            Files.writeString(out, GraphPage.of(title, found));
            spec.commandLine()
                    .getOut()
                    .println(
                            json
                                    ? Json.create()
                                            .put("page", out.toString())
                                            .put("nodes", found.nodes().size())
                                            .put("relationships", found.edges().size())
                                    : out + ": " + found.nodes().size() + " nodes, "
                                            + found.edges().size() + " relationships. Open it in a browser.");
        } catch (IOException e) {
            throw new ServerException(
                    ServerError.IO, out + " cannot be written: " + e.getMessage() + ". Choose another path.", e);
        }
        return 0;
    }

    private Subgraph answer(GraphStore store, String question) {
        return new GraphQuestion(suite == null ? Home.suite("shop") : suite, Optional.ofNullable(customer))
                .find(store, question)
                .retrieval()
                .graph();
    }
}
