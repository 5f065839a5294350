package dev.quipu.runtime;

import dev.quipu.QuipuException;
import org.jspecify.annotations.Nullable;

/** A message that is not answered, and why. */
public class ConversationException extends QuipuException {
    private static final long serialVersionUID = 1L;

    ConversationException(RuntimeError code, String detail) {
        this(code, detail, null);
    }

    ConversationException(RuntimeError code, String detail, @Nullable Throwable cause) {
        super(code, detail, cause);
    }
}
