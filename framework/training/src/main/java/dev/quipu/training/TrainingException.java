package dev.quipu.training;

import dev.quipu.QuipuException;
import org.jspecify.annotations.Nullable;

/** A failure of training. A checkpoint that was there before is still there. */
public final class TrainingException extends QuipuException {
    private static final long serialVersionUID = 1L;

    public TrainingException(TrainingError code, String detail) {
        this(code, detail, null);
    }

    public TrainingException(TrainingError code, String detail, @Nullable Throwable cause) {
        super(code, detail, cause);
    }
}
