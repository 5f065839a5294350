package dev.quipu.kg;

import dev.quipu.QuipuException;
import org.jspecify.annotations.Nullable;

/** A failure of the knowledge graph. */
public class GraphException extends QuipuException {
    private static final long serialVersionUID = 1L;

    public GraphException(GraphError code, String detail) {
        this(code, detail, null);
    }

    public GraphException(GraphError code, String detail, @Nullable Throwable cause) {
        super(code, detail, cause);
    }
}
