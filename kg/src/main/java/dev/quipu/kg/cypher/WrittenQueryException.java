package dev.quipu.kg.cypher;

import dev.quipu.kg.GraphError;
import dev.quipu.kg.GraphException;

/** A query that a model wrote is not one of those that are run. The message says what is wrong, for a second try. */
public final class WrittenQueryException extends GraphException {
    private static final long serialVersionUID = 1;

    private final String problem;

    WrittenQueryException(String problem) {
        super(GraphError.WRITTEN_QUERY, "The written query is not run: " + problem + ".");
        this.problem = problem;
    }

    /** What is wrong, for who wrote it. */
    public String problem() {
        return problem;
    }
}
