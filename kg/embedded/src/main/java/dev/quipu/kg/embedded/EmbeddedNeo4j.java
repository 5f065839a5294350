package dev.quipu.kg.embedded;

import com.sun.management.OperatingSystemMXBean;
import dev.quipu.kg.EmbeddedGraph;
import dev.quipu.kg.GraphError;
import dev.quipu.kg.GraphException;
import dev.quipu.kg.GraphLocation;
import dev.quipu.kg.GraphTransaction;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.neo4j.configuration.GraphDatabaseInternalSettings;
import org.neo4j.configuration.GraphDatabaseSettings;
import org.neo4j.configuration.connectors.BoltConnector;
import org.neo4j.configuration.connectors.BoltConnectorInternalSettings;
import org.neo4j.configuration.connectors.ConnectorPortRegister;
import org.neo4j.configuration.connectors.ConnectorType;
import org.neo4j.configuration.connectors.HttpConnector;
import org.neo4j.configuration.helpers.SocketAddress;
import org.neo4j.dbms.DatabaseStateService;
import org.neo4j.dbms.api.DatabaseManagementService;
import org.neo4j.dbms.api.DatabaseManagementServiceBuilder;
import org.neo4j.io.locker.FileLockException;
import org.neo4j.kernel.internal.GraphDatabaseAPI;

/**
 * Starts Neo4j Community in this process with Bolt on a free loopback port.
 *
 * <p>Other users of the machine can reach a loopback port, so the connector asks for a password that is made anew at each
 * start and never leaves this process's memory.
 */
public final class EmbeddedNeo4j implements EmbeddedGraph {
    private static final String USER = "neo4j";
    private static final long LEAST_PAGE_CACHE = 64L << 20;
    private static final long MOST_PAGE_CACHE = 512L << 20;
    private static final int PAGE_CACHE_SHARE = 16;
    private static final long MILLIS_UNTIL_AVAILABLE = 60_000;

    @Override
    public Running start(Path folder) {
        DatabaseManagementService service = build(folder);
        try {
            String password = HexFormat.of().formatHex(new SecureRandom().generateSeed(24));
            Credentials.set(service.database(GraphDatabaseSettings.SYSTEM_DATABASE_NAME), USER, password);
            GraphDatabaseAPI graph = (GraphDatabaseAPI) service.database(GraphDatabaseSettings.DEFAULT_DATABASE_NAME);
            requireAvailable(folder, graph);
            int port = graph.getDependencyResolver()
                    .resolveDependency(ConnectorPortRegister.class)
                    .getLocalAddress(ConnectorType.BOLT)
                    .getPort();
            return new Started(
                    service,
                    new DirectSession(graph),
                    new GraphLocation.Server(
                            "bolt://127.0.0.1:" + port, USER, password, GraphDatabaseSettings.DEFAULT_DATABASE_NAME));
        } catch (GraphException e) {
            service.shutdown();
            throw e;
        } catch (RuntimeException e) {
            service.shutdown();
            throw failed(folder, e);
        }
    }

    /** Neo4j itself starts also when a database in it does not. */
    private static void requireAvailable(Path folder, GraphDatabaseAPI graph) {
        DatabaseStateService<?> states = graph.getDependencyResolver().resolveDependency(DatabaseStateService.class);
        Optional<Throwable> failure = states.causeOfFailure(graph.databaseId());
        if (failure.isPresent() || !graph.isAvailable(MILLIS_UNTIL_AVAILABLE)) {
            throw new GraphException(
                    GraphError.START_FAILED,
                    "The graph in " + folder + " cannot be opened"
                            + failure.map(t -> ": " + root(t).getMessage()).orElse("")
                            + ". Its files may be damaged: restore them from a copy, or load the data into a new folder.",
                    failure.orElse(null));
        }
    }

    private static Throwable root(Throwable error) {
        @Nullable Throwable cause = error.getCause();
        return cause == null ? error : root(cause);
    }

    private static DatabaseManagementService build(Path folder) {
        try {
            return new DatabaseManagementServiceBuilder(folder.toAbsolutePath())
                    .setConfig(GraphDatabaseSettings.auth_enabled, true)
                    .setConfig(GraphDatabaseSettings.pagecache_memory, pageCache())
                    .setConfig(BoltConnector.enabled, true)
                    .setConfig(BoltConnector.listen_address, new SocketAddress("127.0.0.1", 0))
                    .setConfig(BoltConnector.encryption_level, BoltConnector.EncryptionLevel.DISABLED)
                    .setConfig(HttpConnector.enabled, false)
                    .setConfig(GraphDatabaseInternalSettings.dump_diagnostics, false)
                    .setConfig(GraphDatabaseSettings.allow_file_urls, false)
                    .setConfig(BoltConnectorInternalSettings.thread_pool_shutdown_wait_time, Duration.ofMillis(100))
                    .setConfig(GraphDatabaseSettings.shutdown_transaction_end_timeout, Duration.ofSeconds(1))
                    .build();
        } catch (RuntimeException e) {
            throw failed(folder, e);
        }
    }

    /** A share of the machine's memory, within bounds. Pages are taken as they are needed, so a small graph takes few. */
    private static long pageCache() {
        long machine = ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
                ? system.getTotalMemorySize()
                : 0;
        return Math.clamp(machine / PAGE_CACHE_SHARE, LEAST_PAGE_CACHE, MOST_PAGE_CACHE);
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
                "Neo4j did not start in " + folder + ": " + root(e).getMessage() + ". See logs/debug.log there, correct"
                        + " the folder's permissions, or choose another folder.",
                e);
    }

    private record Started(DatabaseManagementService service, DirectSession session, GraphLocation.Server server)
            implements Running {
        @Override
        public <T> T transact(Duration limit, Function<GraphTransaction, T> work) {
            return session.transact(limit, work);
        }

        @Override
        public void close() {
            service.shutdown();
        }
    }
}
