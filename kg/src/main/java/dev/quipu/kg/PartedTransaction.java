package dev.quipu.kg;

import dev.quipu.kg.GraphStore.Outcome;
import dev.quipu.kg.GraphStore.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Commits statements in parts of some thousand rows, for a load into an empty graph: what one transaction would hold in
 * memory is bounded, whatever the size of the files.
 */
final class PartedTransaction implements GraphStore.Transaction {
    private static final int ROWS = 20_000;
    private static final Duration LIMIT = Duration.ofMinutes(5);

    private final GraphStore store;
    private final List<Statement> waiting = new ArrayList<>();
    private int rows;

    PartedTransaction(GraphStore store) {
        this.store = store;
    }

    /** Statements that return nothing wait for others; the outcome of those that do is needed now. */
    @Override
    public Outcome run(Statement statement) {
        waiting.add(statement);
        rows += statement.parameters().get("rows") instanceof List<?> list ? list.size() : 1;
        if (rows < ROWS && !statement.cypher().contains("RETURN")) {
            return Outcome.NONE;
        }
        return commit();
    }

    /** Commits what waits. */
    Outcome commit() {
        List<Statement> part = List.copyOf(waiting);
        waiting.clear();
        rows = 0;
        return store.transact(LIMIT, tx -> {
            Outcome last = Outcome.NONE;
            for (Statement statement : part) {
                last = tx.run(statement);
            }
            return last;
        });
    }
}
