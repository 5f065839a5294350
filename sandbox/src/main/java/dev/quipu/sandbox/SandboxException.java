package dev.quipu.sandbox;

import dev.quipu.QuipuException;
import org.jspecify.annotations.Nullable;

/** A job could not be run, or no sandbox could be opened. */
public class SandboxException extends QuipuException {
    private static final long serialVersionUID = 1L;

    public SandboxException(SandboxError error, String detail) {
        super(error, detail);
    }

    public SandboxException(SandboxError error, String detail, @Nullable Throwable cause) {
        super(error, detail, cause);
    }
}
