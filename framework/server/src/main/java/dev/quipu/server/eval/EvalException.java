package dev.quipu.server.eval;

import dev.quipu.QuipuException;
import org.jspecify.annotations.Nullable;

/** A failure of measuring. */
public final class EvalException extends QuipuException {
    private static final long serialVersionUID = 1L;

    public EvalException(EvalError code, String detail) {
        this(code, detail, null);
    }

    public EvalException(EvalError code, String detail, @Nullable Throwable cause) {
        super(code, detail, cause);
    }
}
