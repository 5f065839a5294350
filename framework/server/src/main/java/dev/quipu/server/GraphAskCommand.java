package dev.quipu.server;

import dev.quipu.Focus;
import dev.quipu.Identity;
import dev.quipu.Intent;
import dev.quipu.Question;
import dev.quipu.Retrieval;
import dev.quipu.Understanding;
import dev.quipu.kg.GraphStore;
import dev.quipu.kg.question.KnowledgeGraph;
import dev.quipu.kg.question.SuiteSettings;
import java.io.PrintWriter;
import java.nio.file.Files;
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
        Path folder = suite == null ? Home.suite("shop") : suite;
        if (!Files.isRegularFile(folder.resolve("suite.yaml"))) {
            throw new ServerException(
                    ServerError.SUITE_MISSING, folder + " has no suite.yaml. Name a suite's folder with --suite.");
        }
        if (question.isBlank()) {
            throw new ServerException(ServerError.USAGE, "The question is empty. Pass it in quotes.");
        }
        spec.commandLine().getErr().println("opening " + graph);
        GraphStore store = GraphStore.open(Home.graph(graph));
        try (KnowledgeGraph knowledge = KnowledgeGraph.open(
                store, folder, Assembly.embedders(), Home.cache().resolve("vectors"))) {
            Found found = find(knowledge, Question.of("graph-ask", identity(folder), question));
            PrintWriter out = spec.commandLine().getOut();
            out.println(json ? GraphAskOutput.json(found) : GraphAskOutput.text(found));
        } finally {
            store.close();
        }
        return 0;
    }

    private Identity identity(Path folder) {
        String tenant = SuiteSettings.read(folder).tenant();
        return customer == null ? new Identity.Anonymous(tenant) : new Identity.Customer(tenant, customer);
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

    private static Found find(KnowledgeGraph knowledge, Question asked) {
        // The first question of a process pays for class loading and cold queries.
        knowledge.understand(asked, Focus.NONE);
        long start = System.nanoTime();
        Understanding understanding = knowledge.understand(asked, Focus.NONE);
        long understood = System.nanoTime();
        Optional<Intent> intent = understanding.readings().stream().findFirst();
        Retrieval retrieval = intent.filter(Intent::complete)
                .map(i -> knowledge.retrieve(i, asked))
                .orElse(Retrieval.NOTHING);
        long retrieved = System.nanoTime();
        return new Found(understanding, intent, retrieval, (understood - start) / 1e6, (retrieved - understood) / 1e6);
    }
}
