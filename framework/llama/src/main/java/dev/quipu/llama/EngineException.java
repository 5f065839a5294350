package dev.quipu.llama;

import dev.quipu.QuipuException;
import org.jspecify.annotations.Nullable;

/** A failure of the engine. */
public class EngineException extends QuipuException {
    private static final long serialVersionUID = 1L;

    public EngineException(EngineError code, String detail) {
        this(code, detail, null);
    }

    public EngineException(EngineError code, String detail, @Nullable Throwable cause) {
        super(code, detail, cause);
    }
}
