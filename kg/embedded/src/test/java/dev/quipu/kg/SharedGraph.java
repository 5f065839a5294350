package dev.quipu.kg;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests a {@link GraphStore} on a Neo4j that is started once for all of them, and empties it before each test.
 * A test takes it as a parameter.
 */
public final class SharedGraph implements ParameterResolver, BeforeEachCallback {
    private record Running(Path folder, GraphStore store) implements AutoCloseable {
        static Running start() {
            try {
                Path folder = Files.createTempDirectory("quipu-graph");
                return new Running(folder, GraphStore.open(new GraphLocation.Folder(folder)));
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }

        @Override
        public void close() throws IOException {
            store.close();
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private static GraphStore store(ExtensionContext context) {
        return context.getRoot()
                .getStore(Namespace.create(SharedGraph.class))
                .computeIfAbsent(Running.class, k -> Running.start(), Running.class)
                .store();
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        GraphStore store = store(context);
        // In parts, as a test may leave more than one transaction can hold.
        do {
            store.write("MATCH (n) WITH n LIMIT 20000 DETACH DELETE n", Map.of());
        } while (!store.read("MATCH (n) RETURN 1 AS one LIMIT 1", Map.of()).isEmpty());
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == GraphStore.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return store(context);
    }
}
