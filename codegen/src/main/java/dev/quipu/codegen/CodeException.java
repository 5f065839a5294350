package dev.quipu.codegen;

import dev.quipu.QuipuException;
import org.jspecify.annotations.Nullable;

/** Code could not be generated or judged at all. */
public final class CodeException extends QuipuException {
    private static final long serialVersionUID = 1L;

    public CodeException(CodeError error, String detail) {
        super(error, detail);
    }

    public CodeException(CodeError error, String detail, @Nullable Throwable cause) {
        super(error, detail, cause);
    }
}
