package dev.quipu.server;

import dev.quipu.Identity;
import dev.quipu.kg.GraphLocation;
import dev.quipu.kg.question.SuiteSettings;
import dev.quipu.runtime.ConversationLog;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of commands that bring a suite to life. */
final class SuiteOptions {
    @Option(names = "--suite", paramLabel = "DIR", description = "The suite's folder (default: the sample shop).")
    private @Nullable Path suite;

    @Option(names = "--data", paramLabel = "DIR", description = "Its data files (default: data in the suite's folder).")
    private @Nullable Path data;

    @Option(
            names = "--graph",
            paramLabel = "URI_OR_DIR",
            description = "bolt:// or neo4j:// of a server, or a folder (default: a folder in the cache).")
    private @Nullable String graph;

    @Option(
            names = "--model",
            paramLabel = "NAME",
            defaultValue = "smollm2-135m",
            description = "Catalogue name or GGUF file, 'none' to run without (default: ${DEFAULT-VALUE}).")
    private String model = "";

    /** The sample shop on a graph in a folder. */
    static SuiteOptions sample(Path graph, String model) {
        SuiteOptions options = new SuiteOptions();
        options.graph = graph.toString();
        options.model = model;
        return options;
    }

    Path suite() {
        Path folder = suite == null ? Home.suite("shop") : suite;
        if (!Files.isRegularFile(folder.resolve("suite.yaml"))) {
            throw new ServerException(
                    ServerError.SUITE_MISSING, folder + " has no suite.yaml. Name a suite's folder with --suite.");
        }
        return folder;
    }

    /** Sample data stands still, so its rules about periods count from the day on which it is current. */
    private Clock clock() {
        return SuiteSettings.read(suite())
                .today()
                .map(day -> Clock.fixed(day.atTime(12, 0).toInstant(ZoneOffset.UTC), ZoneOffset.UTC))
                .orElse(Clock.systemUTC());
    }

    Path dataFolder() {
        return data == null ? suite().resolve("data") : data;
    }

    String tenant() {
        return SuiteSettings.read(suite()).tenant();
    }

    String model() {
        return model;
    }

    /** Who is signed in: the customer named, none for {@code none}, the suite's own when nothing is said. */
    Identity identity(@Nullable String customer) {
        SuiteSettings settings = SuiteSettings.read(suite());
        String id = customer == null ? settings.demoCustomer() : customer;
        return id.isEmpty() || id.equals("none")
                ? new Identity.Anonymous(settings.tenant())
                : new Identity.Customer(settings.tenant(), id);
    }

    Assembly.Plan plan(ConversationLog log) {
        Path folder = suite();
        GraphLocation location = graph == null
                ? new GraphLocation.Folder(Home.cache().resolve("graphs").resolve(tenant()))
                : Home.graph(graph);
        return new Assembly.Plan(
                folder,
                dataFolder(),
                location,
                model.equals("none") ? null : ModelFiles.find(model),
                model,
                log,
                clock(),
                Set.of());
    }
}
