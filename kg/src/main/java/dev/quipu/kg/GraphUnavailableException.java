package dev.quipu.kg;

import dev.quipu.Retryable;
import java.time.Duration;

/** Neo4j does not answer at the moment. The store recovers by itself when the server is back. */
public final class GraphUnavailableException extends GraphException implements Retryable {
    private static final long serialVersionUID = 1L;

    public GraphUnavailableException(String detail, Throwable cause) {
        super(GraphError.UNREACHABLE, detail, cause);
    }

    GraphUnavailableException(String detail) {
        super(GraphError.UNREACHABLE, detail);
    }

    @Override
    public Duration retryAfter() {
        return Duration.ofSeconds(5);
    }
}
