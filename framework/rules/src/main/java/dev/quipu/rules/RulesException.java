package dev.quipu.rules;

import dev.quipu.QuipuException;
import org.jspecify.annotations.Nullable;

/** A failure of rules: they do not compile, or one failed. */
public final class RulesException extends QuipuException {
    private static final long serialVersionUID = 1L;

    RulesException(RulesError code, String detail) {
        this(code, detail, null);
    }

    RulesException(RulesError code, String detail, @Nullable Throwable cause) {
        super(code, detail, cause);
    }
}
