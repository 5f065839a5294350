package dev.quipu.server.bench;

import dev.quipu.QuipuException;
import org.jspecify.annotations.Nullable;

/** A failure of measuring speed. */
public final class BenchException extends QuipuException {
    private static final long serialVersionUID = 1L;

    public BenchException(BenchError code, String detail) {
        this(code, detail, null);
    }

    public BenchException(BenchError code, String detail, @Nullable Throwable cause) {
        super(code, detail, cause);
    }

    /** The failure of a thread that was told to stop; its mark is set again. */
    static BenchException interrupted(InterruptedException cause) {
        Thread.currentThread().interrupt();
        return new BenchException(BenchError.INTERRUPTED, "The benchmark was interrupted. Start it again.", cause);
    }
}
