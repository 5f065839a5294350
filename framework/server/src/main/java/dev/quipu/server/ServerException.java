package dev.quipu.server;

import dev.quipu.ErrorCode;
import dev.quipu.QuipuException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A failure of the command line or the HTTP server. */
public final class ServerException extends QuipuException {
    private static final long serialVersionUID = 1L;

    private final @Nullable String field;

    public ServerException(ServerError code, String detail) {
        this(code, detail, null);
    }

    public ServerException(ServerError code, String detail, @Nullable Throwable cause) {
        this(code, detail, cause, null);
    }

    private ServerException(ErrorCode code, String detail, @Nullable Throwable cause, @Nullable String field) {
        super(code, detail, cause);
        this.field = field;
    }

    /** What is wrong with one field of a request. */
    static ServerException inField(String field, String detail) {
        return new ServerException(ServerError.BAD_REQUEST, detail, null, field);
    }

    /** What another part found wrong with one field, under that part's own code. */
    static ServerException inField(String field, QuipuException found) {
        return new ServerException(found.code(), found.detail(), found, field);
    }

    /** What names a model that is not here for this. */
    static ServerException unknownModel(String name, String purpose) {
        return new ServerException(
                ServerError.UNKNOWN_MODEL,
                "There is no model '" + name + "' for " + purpose + " here; /v1/models lists those that are.",
                null,
                "model");
    }

    /** The field of the request that is to blame, where it is one. */
    Optional<String> field() {
        return Optional.ofNullable(field);
    }
}
