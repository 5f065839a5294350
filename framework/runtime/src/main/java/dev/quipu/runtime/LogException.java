package dev.quipu.runtime;

import dev.quipu.QuipuException;
import org.jspecify.annotations.Nullable;

/** A log refuses a turn, or cannot be opened or read. The same call fails again until its cause is removed. */
public final class LogException extends QuipuException {
    private static final long serialVersionUID = 1L;

    public LogException(RuntimeError code, String detail, @Nullable Throwable cause) {
        super(code, detail, cause);
    }

    static LogException outOfSequence(TurnKey key, long last) {
        return new LogException(
                RuntimeError.LOG_SEQUENCE,
                "Turn " + key.sequence() + " of conversation " + key.conversation() + " does not follow turn " + last
                        + ". Read the conversation again and append turn " + (last + 1) + ".",
                null);
    }
}
