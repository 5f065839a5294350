package dev.quipu.server;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quipu.kg.GraphStore;
import dev.quipu.kg.text.EntityMerge;
import dev.quipu.kg.text.PassageFilter;
import dev.quipu.kg.text.TextGraph;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Which names were taken for one entity. */
@Command(
        name = "merges",
        mixinStandardHelpOptions = true,
        description = "Lists which forms of names became which entity, by what rule and in which passage.")
final class GraphMergesCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(
            arity = "0..1",
            paramLabel = "NAME",
            description = "Only what became this entity, and what this form became (default: all).")
    private String name = "";

    @Option(
            names = "--graph",
            required = true,
            paramLabel = "URI_OR_DIR",
            description = "bolt:// or neo4j:// of a server, or a folder; filled before by 'graph index'.")
    @SuppressWarnings("NullAway.Init")
    private String graph;

    @Option(names = "--most", defaultValue = "100", description = "How many (default: ${DEFAULT-VALUE}).")
    private int most;

    @Option(names = "--tenant", defaultValue = "", description = "Whose passages besides everybody's.")
    private String tenant = "";

    @Option(names = "--source", description = "Only passages of this source; may be repeated.")
    private Set<String> sources = Set.of();

    @Option(names = "--json", description = "One JSON object on the last line of standard output.")
    private boolean json;

    @Override
    public Integer call() {
        spec.commandLine().getErr().println("opening " + graph);
        PassageFilter filter = PassageFilter.PUBLIC.withTenant(tenant).withSources(sources);
        try (GraphStore store = GraphStore.open(Home.graph(graph))) {
            List<EntityMerge> merges = TextGraph.open(store, Map.of()).merges(name, most, filter);
            spec.commandLine().getOut().println(json ? json(merges) : text(merges));
        }
        return 0;
    }

    private static ObjectNode json(List<EntityMerge> merges) {
        ObjectNode root = Json.create();
        ArrayNode list = root.putArray("merges");
        merges.forEach(m -> list.addObject()
                .put("form", m.form())
                .put("entity", m.entity())
                .put("rule", m.rule().name())
                .put("passage", m.passage()));
        return root;
    }

    private static String text(List<EntityMerge> merges) {
        return merges.isEmpty()
                ? "no merges"
                : merges.stream()
                        .map(m -> m.form() + " -> " + m.entity() + "  (" + m.rule() + ", " + m.passage() + ")")
                        .collect(Collectors.joining(System.lineSeparator()));
    }
}
