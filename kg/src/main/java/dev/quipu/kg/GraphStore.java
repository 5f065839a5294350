package dev.quipu.kg;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.neo4j.driver.AccessMode;
import org.neo4j.driver.AuthTokens;
import org.neo4j.driver.Config;
import org.neo4j.driver.Driver;
import org.neo4j.driver.GraphDatabase;
import org.neo4j.driver.Result;
import org.neo4j.driver.Session;
import org.neo4j.driver.SessionConfig;
import org.neo4j.driver.TransactionConfig;
import org.neo4j.driver.TransactionContext;
import org.neo4j.driver.exceptions.ClientException;
import org.neo4j.driver.exceptions.DatabaseException;
import org.neo4j.driver.exceptions.Neo4jException;
import org.neo4j.driver.exceptions.RetryableException;
import org.neo4j.driver.exceptions.SecurityException;
import org.neo4j.driver.exceptions.TransientException;

/**
 * A Neo4j graph, reached by the official driver whether the server is elsewhere or embedded in this process.
 *
 * <p>Thread-safe. Calls block; keep them off event loops. When the server goes away calls fail within seconds with a
 * {@link GraphUnavailableException}, after some failures at once, and work again by themselves when it is back.
 */
public final class GraphStore implements AutoCloseable {
    private static final Duration QUERY_LIMIT = Duration.ofSeconds(10);
    private static final int ROW_LIMIT = 10_000;

    /** As long as the failure says that a caller should wait. */
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private static final int FAILURES = 3;

    private final CircuitBreaker breaker = new CircuitBreaker(InstantSource.system(), FAILURES, PAUSE);
    private final ReadWriteLock replacing = new ReentrantReadWriteLock();
    private final Driver driver;
    private final GraphLocation.Server server;
    private final EmbeddedGraph.@Nullable Running embedded;

    private GraphStore(GraphLocation.Server server, EmbeddedGraph.@Nullable Running embedded) {
        this.server = server;
        this.embedded = embedded;
        Config config = Config.builder()
                .withConnectionTimeout(3, TimeUnit.SECONDS)
                .withConnectionAcquisitionTimeout(5, TimeUnit.SECONDS)
                .withMaxTransactionRetryTime(2, TimeUnit.SECONDS)
                .withMaxConnectionPoolSize(50)
                .withUserAgent("quipu")
                .build();
        this.driver = driver(server, config);
    }

    private static Driver driver(GraphLocation.Server server, Config config) {
        try {
            return GraphDatabase.driver(server.uri(), AuthTokens.basic(server.user(), server.password()), config);
        } catch (IllegalArgumentException e) {
            throw new GraphException(
                    GraphError.UNREACHABLE,
                    "'" + server.uri() + "' is no address of a Neo4j server: " + e.getMessage()
                            + ". Use for example bolt://127.0.0.1:7687.",
                    e);
        }
    }

    /**
     * Opens a graph.
     *
     * @throws GraphException if it cannot be reached or started
     */
    public static GraphStore open(GraphLocation location) {
        GraphStore store = switch (location) {
            case GraphLocation.Server server -> new GraphStore(server, null);
            case GraphLocation.Folder folder -> start(folder);
        };
        try {
            store.translate(() -> {
                store.driver.verifyConnectivity();
                return true;
            });
            return store;
        } catch (GraphException e) {
            store.close();
            throw e;
        }
    }

    private static GraphStore start(GraphLocation.Folder folder) {
        EmbeddedGraph provider = ServiceLoader.load(EmbeddedGraph.class)
                .findFirst()
                .orElseThrow(() -> new GraphException(
                        GraphError.NO_EMBEDDED,
                        folder.path() + " is a folder, but no embedded Neo4j is on the class path. Add"
                                + " quipu-kg-embedded (GPLv3), or name a server by bolt:// or neo4j://."));
        EmbeddedGraph.Running running = provider.start(folder.path());
        return new GraphStore(running.server(), running);
    }

    /** Where another driver would reach this graph. */
    public GraphLocation.Server server() {
        return server;
    }

    /**
     * Runs a query on a read-only session.
     *
     * @throws GraphException if it fails, writes, or returns more rows than a caller can use
     */
    public List<Row> read(String cypher, Map<String, ? extends @Nullable Object> parameters) {
        return read(cypher, parameters, QUERY_LIMIT, ROW_LIMIT);
    }

    /** As {@link #read(String, Map)} with a time limit and a row limit of one's own. */
    public List<Row> read(String cypher, Map<String, ? extends @Nullable Object> parameters, Duration limit, int rows) {
        replacing.readLock().lock();
        try {
            return inSession(
                    AccessMode.READ,
                    session -> session.executeRead(tx -> run(tx, cypher, parameters, rows), timeout(limit)));
        } finally {
            replacing.readLock().unlock();
        }
    }

    private static List<Row> run(
            TransactionContext tx, String cypher, Map<String, ? extends @Nullable Object> parameters, int limit) {
        Result result = tx.run(cypher, asObjects(parameters));
        List<Row> rows = new ArrayList<>();
        while (result.hasNext()) {
            if (rows.size() == limit) {
                throw new GraphException(
                        GraphError.TOO_MANY_ROWS,
                        "The query returns more than " + limit + " rows. Narrow it or raise the limit.");
            }
            rows.add(DriverValues.row(result.next()));
        }
        return rows;
    }

    /** Runs statements in one transaction, all or none. */
    public void write(List<Statement> statements) {
        transact(Duration.ofMinutes(5), tx -> {
            statements.forEach(tx::run);
            return statements.size();
        });
    }

    /**
     * Does work in one transaction, all or none.
     *
     * @param work what to do; it is done again when Neo4j asks for a retry, so it has no effect but on the graph
     */
    <T> T transact(Duration limit, Function<GraphTransaction, T> work) {
        if (embedded != null) {
            return breaker.call(() -> embedded.transact(limit, work));
        }
        return inSession(
                AccessMode.WRITE,
                session -> session.executeWrite(tx -> work.apply(new DriverTransaction(tx)), timeout(limit)));
    }

    /**
     * As {@link #transact}, but no query of this store runs while the transaction commits. Neo4j isolates at the level of
     * "read committed": a query during a commit would see a part of what changes. Queries of other processes may.
     */
    <T> T replace(Duration limit, Function<GraphTransaction, T> work) {
        AtomicBoolean locked = new AtomicBoolean();
        try {
            return transact(limit, tx -> {
                T made = work.apply(tx);
                if (!locked.getAndSet(true)) {
                    replacing.writeLock().lock();
                }
                return made;
            });
        } finally {
            if (locked.get()) {
                replacing.writeLock().unlock();
            }
        }
    }

    /** Runs one statement in a transaction of its own. */
    public void write(String cypher, Map<String, ? extends @Nullable Object> parameters) {
        write(List.of(new Statement(cypher, asObjects(parameters))));
    }

    /** Runs a statement that Neo4j wants outside of an explicit transaction, such as schema changes. */
    public void schema(String cypher) {
        inSession(AccessMode.WRITE, session -> session.run(cypher).consume());
    }

    /** A statement with its parameters. */
    public record Statement(String cypher, Map<String, Object> parameters) {}

    /** Whether the server answers now. It is asked even while other calls are spared the wait for it. */
    public boolean healthy() {
        try {
            return breaker.probe(() -> inDriver(
                    AccessMode.READ,
                    session ->
                            session.executeRead(tx -> tx.run("RETURN 1").hasNext(), timeout(Duration.ofSeconds(2)))));
        } catch (GraphException e) {
            return false;
        }
    }

    /** Whether calls fail at once for now, because the server did not answer some of them in a row. */
    public boolean suspended() {
        return breaker.state() != CircuitBreaker.State.CLOSED;
    }

    @SuppressWarnings("unchecked") // the driver takes null values but its signature cannot say so
    private static Map<String, Object> asObjects(Map<String, ? extends @Nullable Object> parameters) {
        return (Map<String, Object>) parameters;
    }

    private <T> T inSession(AccessMode mode, Function<Session, T> work) {
        return breaker.call(() -> inDriver(mode, work));
    }

    private <T> T inDriver(AccessMode mode, Function<Session, T> work) {
        return translate(() -> {
            SessionConfig config = SessionConfig.builder()
                    .withDatabase(server.database())
                    .withDefaultAccessMode(mode)
                    .build();
            try (Session session = driver.session(config)) {
                return work.apply(session);
            }
        });
    }

    private static TransactionConfig timeout(Duration limit) {
        return TransactionConfig.builder().withTimeout(limit).build();
    }

    private <T> T translate(Supplier<T> call) {
        try {
            return call.get();
        } catch (SecurityException e) {
            throw new GraphException(
                    GraphError.UNAUTHORIZED,
                    server + " refused user '" + server.user() + "': " + e.getMessage() + " Correct user and password.",
                    e);
        } catch (Neo4jException e) {
            throw translated(e);
        } catch (IllegalStateException e) {
            throw new GraphUnavailableException(server + " is closed. Open the graph again.", e);
        }
    }

    private GraphException translated(Neo4jException e) {
        String message = String.valueOf(e.getMessage());
        if (String.valueOf(e.code()).contains("TransactionTimedOut")) {
            return new GraphException(GraphError.TIMEOUT, "The query exceeded its time limit: " + message, e);
        }
        boolean query = e instanceof ClientException || e instanceof DatabaseException;
        if (query && !(e instanceof RetryableException) && !(e instanceof TransientException)) {
            return new GraphException(GraphError.REJECTED, "Neo4j refused the query: " + message, e);
        }
        return new GraphUnavailableException(server + " does not answer: " + message + ". Check that Neo4j runs.", e);
    }

    @Override
    public void close() {
        driver.close();
        if (embedded != null) {
            embedded.close();
        }
    }
}
