package dev.quipu.llama.gguf;

import dev.quipu.QuipuException;
import org.jspecify.annotations.Nullable;

/** A GGUF file cannot be read, or is not a model that can be loaded safely. */
public final class GgufException extends QuipuException {
    private static final long serialVersionUID = 1L;

    GgufException(GgufError error, String what) {
        this(error, what, null);
    }

    GgufException(GgufError error, String what, @Nullable Throwable cause) {
        super(error, what + " " + error.remedy(), cause);
    }
}
