package dev.quipu.kg;

import dev.quipu.kg.GraphStore.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Commits in parts of two thousand rows, for a load into an empty graph: what one transaction would hold in memory is
 * bounded, whatever the size of the files. Smaller parts also die younger, which spares the garbage collector copies.
 */
final class PartedTransaction implements GraphTransaction {
    private static final int ROWS = 2_000;
    private static final Duration LIMIT = Duration.ofMinutes(5);

    private final GraphStore store;
    private final List<Consumer<GraphTransaction>> waiting = new ArrayList<>();
    private int rows;

    PartedTransaction(GraphStore store) {
        this.store = store;
    }

    /** Statements that return nothing wait for others; the outcome of those that do is needed now. */
    @Override
    public Outcome run(Statement statement) {
        if (!statement.cypher().contains("RETURN")) {
            add(1, tx -> tx.run(statement));
            return Outcome.NONE;
        }
        commit();
        return store.transact(LIMIT, tx -> tx.run(statement));
    }

    @Override
    public Outcome merge(NodeRows nodes) {
        add(nodes.rows().size(), tx -> tx.merge(nodes));
        return Outcome.NONE;
    }

    @Override
    public Merged merge(RelationshipRows relationships) {
        commit();
        return store.transact(LIMIT, tx -> tx.merge(relationships));
    }

    private void add(int size, Consumer<GraphTransaction> work) {
        waiting.add(work);
        rows += size;
        if (rows >= ROWS) {
            commit();
        }
    }

    /** Commits what waits. */
    void commit() {
        List<Consumer<GraphTransaction>> part = List.copyOf(waiting);
        waiting.clear();
        rows = 0;
        if (!part.isEmpty()) {
            store.transact(LIMIT, tx -> {
                part.forEach(w -> w.accept(tx));
                return part.size();
            });
        }
    }
}
