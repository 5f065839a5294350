package dev.quipu.server;

import dev.quipu.Intent;
import dev.quipu.Retrieval;
import dev.quipu.Understanding;
import dev.quipu.kg.GraphStore;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Retrieval by itself: what a question is read as and what the graph holds about it. */
@Command(
        name = "ask",
        mixinStandardHelpOptions = true,
        description = "Shows what a question finds: intent, facts with their sources, paths, times. No model runs.")
final class GraphAskCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(paramLabel = "QUESTION", description = "In English or Chinese.")
    private String question = "";

    @Option(
            names = "--graph",
            required = true,
            paramLabel = "URI_OR_DIR",
            description = "bolt:// or neo4j:// of a server, or a folder; loaded before by 'graph load'.")
    @SuppressWarnings("NullAway.Init")
    private String graph;

    @Option(names = "--suite", paramLabel = "DIR", description = "The suite's folder (default: the sample shop).")
    private @Nullable Path suite;

    @Option(names = "--customer", paramLabel = "ID", description = "Who is signed in (default: a visitor).")
    private @Nullable String customer;

    @Option(names = "--json", description = "One JSON object on the last line of standard output.")
    private boolean json;

    @Override
    public Integer call() {
        GraphQuestion asking =
                new GraphQuestion(suite == null ? Home.suite("shop") : suite, Optional.ofNullable(customer));
        asking.check(question);
        spec.commandLine().getErr().println("opening " + graph);
        try (GraphStore store = GraphStore.open(Home.graph(graph))) {
            Found found = asking.find(store, question);
            PrintWriter out = spec.commandLine().getOut();
            out.println(json ? GraphAskOutput.json(found) : GraphAskOutput.text(found));
        }
        return 0;
    }

    /**
     * What was found.
     *
     * @param intent the best reading, none when the question is about something else
     */
    record Found(
            Understanding understanding,
            Optional<Intent> intent,
            Retrieval retrieval,
            double understandMillis,
            double retrieveMillis) {}
}
