package dev.quipu.server;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quipu.kg.GraphStore;
import dev.quipu.kg.text.PassageFilter;
import dev.quipu.kg.text.TextGraph;
import dev.quipu.kg.text.Topic;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What indexed documents are about. */
@Command(
        name = "topics",
        mixinStandardHelpOptions = true,
        description = "Shows what the documents of a graph are about: groups that mention the same things.")
final class GraphTopicsCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(
            names = "--graph",
            required = true,
            paramLabel = "URI_OR_DIR",
            description = "bolt:// or neo4j:// of a server, or a folder; filled before by 'graph index'.")
    @SuppressWarnings("NullAway.Init")
    private String graph;

    @Option(names = "--most", defaultValue = "10", description = "How many (default: ${DEFAULT-VALUE}).")
    private int most;

    @Option(names = "--tenant", defaultValue = "", description = "Whose passages besides everybody's.")
    private String tenant = "";

    @Option(names = "--json", description = "One JSON object on the last line of standard output.")
    private boolean json;

    @Override
    public Integer call() {
        spec.commandLine().getErr().println("opening " + graph);
        try (GraphStore store = GraphStore.open(Home.graph(graph))) {
            List<Topic> topics = TextGraph.open(store, Map.of()).topics(most, PassageFilter.PUBLIC.withTenant(tenant));
            spec.commandLine().getOut().println(json ? json(topics) : text(topics));
        }
        return 0;
    }

    private static ObjectNode json(List<Topic> topics) {
        ObjectNode root = Json.create();
        ArrayNode list = root.putArray("topics");
        for (Topic topic : topics) {
            ObjectNode one = list.addObject();
            topic.names().forEach(one.putArray("names")::add);
            topic.passages().forEach(one.putArray("passages")::add);
            topic.summary().forEach(one.putArray("summary")::add);
        }
        return root;
    }

    private static String text(List<Topic> topics) {
        return topics.stream()
                .map(t -> t.passages().size() + " passages: " + String.join(", ", t.names())
                        + t.summary().stream().map(s -> "\n  " + s).collect(Collectors.joining()))
                .collect(Collectors.joining(System.lineSeparator()));
    }
}
