package dev.quipu;

import org.jspecify.annotations.Nullable;

/**
 * The root of every exception that Quipu throws. Its message starts with the code and says what happened, with which
 * numbers, and what to do. An occurrence that may succeed when tried again implements {@link Retryable}.
 */
public class QuipuException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient ErrorCode code;
    private final String detail;

    public QuipuException(ErrorCode code, String detail) {
        this(code, detail, null);
    }

    public QuipuException(ErrorCode code, String detail, @Nullable Throwable cause) {
        super(code.id() + " " + detail, cause);
        this.code = code;
        this.detail = detail;
    }

    public final ErrorCode code() {
        return code;
    }

    /** The message without its code. */
    public final String detail() {
        return detail;
    }
}
