package dev.quipu.server;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quipu.kg.GraphStore;
import dev.quipu.kg.text.FoundPassage;
import dev.quipu.kg.text.PassageFilter;
import dev.quipu.kg.text.PassageRetriever;
import dev.quipu.kg.text.TextGraph;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Passages for a question. */
@Command(
        name = "search",
        mixinStandardHelpOptions = true,
        description = "Finds the passages of an indexed graph that answer a question, each with the path to it.")
final class GraphSearchCommand implements Callable<Integer> {
    private static final int SHOWN = 300;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(paramLabel = "QUESTION", description = "In English or Chinese.")
    private String question = "";

    @Option(
            names = "--graph",
            required = true,
            paramLabel = "URI_OR_DIR",
            description = "bolt:// or neo4j:// of a server, or a folder; filled before by 'graph index'.")
    @SuppressWarnings("NullAway.Init")
    private String graph;

    @Option(names = "--most", defaultValue = "5", description = "How many passages (default: ${DEFAULT-VALUE}).")
    private int most;

    @Option(names = "--tenant", defaultValue = "", description = "Whose passages besides everybody's.")
    private String tenant = "";

    @Option(names = "--source", description = "Only passages of this source; may be repeated.")
    private Set<String> sources = Set.of();

    @Option(names = "--at", paramLabel = "INSTANT", description = "Only what held then (ISO 8601; default: any time).")
    private @Nullable Instant at;

    @Option(names = "--json", description = "One JSON object on the last line of standard output.")
    private boolean json;

    @Override
    public Integer call() {
        if (question.isBlank()) {
            throw new ServerException(ServerError.USAGE, "The question is empty. Pass it in quotes.");
        }
        spec.commandLine().getErr().println("opening " + graph);
        try (GraphStore store = GraphStore.open(Home.graph(graph))) {
            PassageRetriever retriever =
                    TextGraph.open(store, PassageModels.standard()).retriever();
            PassageFilter filter = new PassageFilter(tenant, sources, Optional.ofNullable(at));
            long start = System.nanoTime();
            List<FoundPassage> found = retriever.find(question, most, filter);
            double millis = (System.nanoTime() - start) / 1e6;
            spec.commandLine().getOut().println(json ? json(found, millis) : text(found, millis));
        }
        return 0;
    }

    private static ObjectNode json(List<FoundPassage> found, double millis) {
        ObjectNode root = Json.create().put("ms", millis);
        ArrayNode passages = root.putArray("passages");
        for (FoundPassage one : found) {
            ObjectNode passage = passages.addObject()
                    .put("id", one.passage().id())
                    .put("source", one.passage().source())
                    .put("title", one.passage().title())
                    .put("text", one.passage().text())
                    .put("score", one.score());
            ArrayNode path = passage.putArray("path");
            one.path().forEach(s -> path.addObject().put("passage", s.passage()).put("why", s.why()));
        }
        return root;
    }

    private static String text(List<FoundPassage> found, double millis) {
        StringBuilder text = new StringBuilder();
        for (FoundPassage one : found) {
            String body = one.passage().text();
            text.append(one.passage().title())
                    .append(" [")
                    .append(one.passage().id())
                    .append("]\n  ")
                    .append(body.length() > SHOWN ? body.substring(0, SHOWN) + "…" : body)
                    .append("\n  why: ")
                    .append(one.reason())
                    .append('\n');
        }
        return text.append(String.format(Locale.ROOT, "%d passage(s), %.1f ms", found.size(), millis))
                .toString();
    }
}
