package dev.quipu.kg.embedded;

import dev.quipu.kg.EmbeddedGraph;
import dev.quipu.kg.GraphError;
import dev.quipu.kg.GraphException;
import dev.quipu.kg.GraphLocation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.neo4j.configuration.GraphDatabaseInternalSettings;
import org.neo4j.configuration.GraphDatabaseSettings;
import org.neo4j.configuration.connectors.BoltConnector;
import org.neo4j.configuration.connectors.BoltConnectorInternalSettings;
import org.neo4j.configuration.connectors.ConnectorPortRegister;
import org.neo4j.configuration.connectors.ConnectorType;
import org.neo4j.configuration.connectors.HttpConnector;
import org.neo4j.configuration.helpers.SocketAddress;
import org.neo4j.dbms.api.DatabaseManagementService;
import org.neo4j.dbms.api.DatabaseManagementServiceBuilder;
import org.neo4j.io.locker.FileLockException;
import org.neo4j.kernel.internal.GraphDatabaseAPI;

/**
 * Starts Neo4j Community in this process with Bolt on a free loopback port.
 *
 * <p>Other users of the machine can reach a loopback port, so the connector asks for a password. It is made when the folder
 * is first opened and lies in it, readable by its owner alone, who can read the graph's files as well. It is not made anew
 * at each start, because the command that sets it is by far the slowest part of one.
 */
public final class EmbeddedNeo4j implements EmbeddedGraph {
    private static final long PAGE_CACHE = 64L << 20;
    private static final String PASSWORD = "quipu.password";

    @Override
    public Running start(Path folder) {
        DatabaseManagementService service = build(folder);
        try {
            String password = password(service, folder.resolve(PASSWORD));
            GraphDatabaseAPI graph = (GraphDatabaseAPI) service.database(GraphDatabaseSettings.DEFAULT_DATABASE_NAME);
            int port = graph.getDependencyResolver()
                    .resolveDependency(ConnectorPortRegister.class)
                    .getLocalAddress(ConnectorType.BOLT)
                    .getPort();
            return new Started(
                    service,
                    new GraphLocation.Server(
                            "bolt://127.0.0.1:" + port,
                            "neo4j",
                            password,
                            GraphDatabaseSettings.DEFAULT_DATABASE_NAME));
        } catch (RuntimeException e) {
            service.shutdown();
            throw failed(folder, e);
        }
    }

    private static DatabaseManagementService build(Path folder) {
        try {
            return new DatabaseManagementServiceBuilder(folder.toAbsolutePath())
                    .setConfig(GraphDatabaseSettings.auth_enabled, true)
                    .setConfig(GraphDatabaseSettings.pagecache_memory, PAGE_CACHE)
                    .setConfig(BoltConnector.enabled, true)
                    .setConfig(BoltConnector.listen_address, new SocketAddress("127.0.0.1", 0))
                    .setConfig(BoltConnector.encryption_level, BoltConnector.EncryptionLevel.DISABLED)
                    .setConfig(HttpConnector.enabled, false)
                    .setConfig(GraphDatabaseInternalSettings.dump_diagnostics, false)
                    .setConfig(BoltConnectorInternalSettings.thread_pool_shutdown_wait_time, Duration.ofSeconds(1))
                    .setConfig(GraphDatabaseSettings.shutdown_transaction_end_timeout, Duration.ofSeconds(1))
                    .build();
        } catch (RuntimeException e) {
            throw failed(folder, e);
        }
    }

    private static String password(DatabaseManagementService service, Path file) {
        try {
            if (Files.exists(file)) {
                return Files.readString(file);
            }
            String made = HexFormat.of().formatHex(new SecureRandom().generateSeed(24));
            service.database(GraphDatabaseSettings.SYSTEM_DATABASE_NAME)
                    .executeTransactionally(
                            "ALTER USER neo4j SET PASSWORD $password CHANGE NOT REQUIRED", Map.of("password", made));
            // Set first, written second and in one move: a file that is there always holds the password that is set.
            Path temporary = Files.createTempFile(file.getParent(), "password", "");
            Files.writeString(temporary, made);
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
            return made;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static GraphException failed(Path folder, RuntimeException e) {
        for (@Nullable Throwable t = e; t != null; t = t.getCause()) {
            if (t instanceof FileLockException) {
                return new GraphException(
                        GraphError.LOCKED,
                        "Another process uses the graph in " + folder + ". Stop it or choose another folder.",
                        e);
            }
        }
        return new GraphException(
                GraphError.START_FAILED,
                "Neo4j did not start in " + folder + ": " + e.getMessage() + ". See logs/debug.log there.",
                e);
    }

    private record Started(DatabaseManagementService service, GraphLocation.Server server) implements Running {
        @Override
        public void close() {
            service.shutdown();
        }
    }
}
