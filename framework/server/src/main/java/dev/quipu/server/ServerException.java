package dev.quipu.server;

import dev.quipu.QuipuException;
import org.jspecify.annotations.Nullable;

/** A failure of the command line or the HTTP server. */
public final class ServerException extends QuipuException {
    private static final long serialVersionUID = 1L;

    public ServerException(ServerError code, String detail) {
        this(code, detail, null);
    }

    public ServerException(ServerError code, String detail, @Nullable Throwable cause) {
        super(code, detail, cause);
    }
}
