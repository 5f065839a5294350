package dev.quipu.kg.embedded;

import dev.quipu.kg.GraphError;
import dev.quipu.kg.GraphException;
import dev.quipu.kg.GraphTransaction;
import dev.quipu.kg.GraphUnavailableException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.neo4j.graphdb.DatabaseShutdownException;
import org.neo4j.graphdb.GraphDatabaseService;
import org.neo4j.graphdb.Transaction;
import org.neo4j.graphdb.TransactionTerminatedException;
import org.neo4j.graphdb.TransientFailureException;
import org.neo4j.kernel.availability.UnavailableException;

/** Runs transactions on the graph of this process and turns Neo4j's failures into typed ones. */
record DirectSession(GraphDatabaseService graph) {
    private static final int TRIES = 4;

    <T> T transact(Duration limit, Function<GraphTransaction, T> work) {
        for (int left = TRIES; ; left--) {
            try (Transaction tx = graph.beginTx(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                T made = work.apply(new DirectTransaction(tx));
                tx.commit();
                return made;
            } catch (TransientFailureException e) {
                // Two transactions that wait for each other: one gives way and comes again.
                if (left == 1) {
                    throw failed(e);
                }
            } catch (GraphException e) {
                throw e;
            } catch (RuntimeException e) {
                throw failed(e);
            }
        }
    }

    private static RuntimeException failed(RuntimeException e) {
        if (e instanceof TransactionTerminatedException) {
            return new GraphException(
                    GraphError.TIMEOUT, "The transaction exceeded its time limit: " + e.getMessage(), e);
        }
        boolean closed = e instanceof DatabaseShutdownException || e.getCause() instanceof UnavailableException;
        if (closed) {
            return new GraphUnavailableException("The embedded graph is closed. Open it again.", e);
        }
        if (e instanceof TransientFailureException) {
            return new GraphUnavailableException("The embedded graph is busy: " + e.getMessage(), e);
        }
        return e.getClass().getName().startsWith("org.neo4j.")
                ? new GraphException(GraphError.REJECTED, "Neo4j refused the change: " + e.getMessage(), e)
                : e;
    }
}
