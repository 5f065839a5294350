package dev.quipu.server;

import dev.quipu.Identity;
import dev.quipu.kg.GraphLocation;
import dev.quipu.kg.question.SuiteSettings;
import dev.quipu.runtime.InMemoryConversationLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.stream.Stream;
import org.slf4j.bridge.SLF4JBridgeHandler;

/** The sample shop, whole, on a graph of its own, with a server for each of two customers. */
final class ShopServer implements AutoCloseable {
    static final String MODEL = "smollm2-135m";
    static final Path SUITE = Path.of("..", "..", "samples", "suites", "shop");

    private final Path folder;
    private final SuiteSettings settings = SuiteSettings.read(SUITE);
    private final Assembly assembly;
    private final int first;
    private final int second;

    ShopServer() throws IOException {
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
        folder = Files.createTempDirectory("quipu-shop");
        Clock clock =
                Clock.fixed(settings.today().orElseThrow().atTime(12, 0).toInstant(ZoneOffset.UTC), ZoneOffset.UTC);
        assembly = new Assembly(new Assembly.Plan(
                SUITE,
                SUITE.resolve("data"),
                new GraphLocation.Folder(folder.resolve("graph")),
                ModelFiles.find(MODEL),
                MODEL,
                new InMemoryConversationLog(),
                clock,
                java.util.Set.of()));
        first = serve("C1000", Access.LOCAL, HttpLimits.STANDARD);
        second = serve("C1001", Access.LOCAL, HttpLimits.STANDARD);
    }

    /** Another server on the same parts; returns its port. */
    int serve(String customer, Access access, HttpLimits limits) {
        Identity who = new Identity.Customer(settings.tenant(), customer);
        return new HttpApi(assembly, access, who, MODEL, settings, limits).listen("127.0.0.1", 0);
    }

    /** The server at which C1000 is signed in. */
    Web first() {
        return new Web(first);
    }

    /** The server at which C1001 is signed in. */
    Web second() {
        return new Web(second);
    }

    Assembly assembly() {
        return assembly;
    }

    @Override
    public void close() throws IOException {
        assembly.close();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
