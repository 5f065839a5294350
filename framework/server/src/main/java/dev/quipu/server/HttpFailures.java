package dev.quipu.server;

import dev.langchain4j.exception.UnsupportedFeatureException;
import dev.quipu.ApiError;
import dev.quipu.ErrorCode;
import dev.quipu.QuipuException;
import dev.quipu.Retryable;
import dev.quipu.codegen.CodeError;
import dev.quipu.llama.EngineBusyException;
import dev.quipu.llama.EngineError;
import dev.quipu.llama.grammar.GrammarError;
import dev.quipu.llama.template.TemplateError;
import dev.quipu.runtime.BusyException;
import dev.quipu.runtime.RuntimeError;
import dev.quipu.sandbox.SandboxError;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns failures into responses: a status, a stable code, and a message that says what to do. */
final class HttpFailures {
    private static final Logger LOG = LoggerFactory.getLogger(HttpFailures.class);

    private final HttpLimits limits;

    HttpFailures(HttpLimits limits) {
        this.limits = limits;
    }

    void handle(RoutingContext context) {
        HttpServerResponse response = context.response();
        if (response.ended() || response.closed()) {
            return;
        }
        if (response.headWritten()) {
            response.reset();
            return;
        }
        QuipuException failure = typed(context);
        int status = status(failure);
        if (failure instanceof Retryable retry) {
            long seconds = Math.max(1, retry.retryAfter().toSeconds());
            response.putHeader("retry-after", String.valueOf(seconds));
        }
        if (status == 401) {
            response.putHeader("www-authenticate", "Bearer");
        }
        if (failure.code() == ServerError.SLOW_BODY) {
            response.putHeader("connection", "close");
        }
        response.setStatusCode(status)
                .putHeader("content-type", "application/json")
                .end(body(context, failure));
    }

    /** The error as a JSON object, in OpenAI's form where OpenAI's API is spoken. */
    static String body(RoutingContext context, Throwable error) {
        QuipuException failure = known(error).orElseGet(() -> unexpected(error));
        String path = path(context);
        return path.startsWith("/v1/")
                ? OpenAiError.of(failure, status(failure), path).toString()
                : Json.create()
                        .put("code", failure.code().id())
                        .put("message", String.valueOf(failure.getMessage()))
                        .toString();
    }

    static String path(RoutingContext context) {
        return java.util.Objects.requireNonNullElse(context.request().path(), "");
    }

    private QuipuException typed(RoutingContext context) {
        @Nullable Throwable cause = context.failure();
        Optional<QuipuException> known = known(cause);
        if (known.isPresent()) {
            return known.get();
        }
        String method = context.request().method().name();
        return switch (context.statusCode()) {
            case 400 -> new ServerException(ServerError.BAD_REQUEST, "The request is not well-formed.", cause);
            case 404 -> new ServerException(ServerError.NOT_FOUND, "There is no " + path(context) + " here.");
            case 405 -> new ServerException(ServerError.METHOD, path(context) + " does not take " + method + ".");
            case 413 ->
                new ServerException(
                        ServerError.TOO_LARGE,
                        "The body is larger than " + limits.bodyBytes() + " bytes. Make it smaller.");
            default -> unexpected(cause);
        };
    }

    /** A failure that says itself what it is; what LangChain4j's models refuse is the caller's to correct. */
    private static Optional<QuipuException> known(@Nullable Throwable error) {
        if (error instanceof QuipuException failure) {
            return Optional.of(failure);
        }
        return error instanceof UnsupportedFeatureException
                ? Optional.of(
                        new ServerException(ServerError.BAD_REQUEST, error.getMessage() + ". Leave it out.", error))
                : Optional.empty();
    }

    private static QuipuException unexpected(@Nullable Throwable cause) {
        LOG.atError().setCause(cause).log("request failed in an undocumented way");
        return new ServerException(ServerError.INTERNAL, "The server failed. Its log says why.", cause);
    }

    private static int status(QuipuException failure) {
        if (failure instanceof BusyException || failure instanceof EngineBusyException) {
            return 429;
        }
        if (failure instanceof Retryable) {
            return 503;
        }
        ErrorCode code = failure.code();
        return switch (code) {
            case ServerError server -> status(server);
            case ApiError.CLOSED -> 503;
            case ApiError input -> 400;
            // The model's template says what it takes of a conversation.
            case TemplateError template -> 400;
            case RuntimeError.IDENTITY -> 403;
            case GrammarError.CUT_OFF -> 422;
            case GrammarError schema -> 400;
            case EngineError.OPTION,
                    EngineError.PROMPT_TOO_LONG,
                    EngineError.GRAMMAR,
                    EngineError.TEMPLATE,
                    EngineError.UNSUPPORTED -> 400;
            case CodeError.REQUEST, CodeError.OPTION, CodeError.TESTS, SandboxError.JOB -> 400;
            case SandboxError.UNAVAILABLE, SandboxError.CLOSED -> 503;
            case EngineError.ADAPTER_UNKNOWN -> 404;
            case EngineError.CLOSED -> 503;
            case EngineError.DEADLINE -> 504;
            default -> 500;
        };
    }

    private static int status(ServerError code) {
        return switch (code) {
            case UNAUTHORIZED -> 401;
            case FOREIGN_PAGE -> 403;
            case UNKNOWN_MODEL, NOT_FOUND -> 404;
            case METHOD -> 405;
            case SLOW_BODY -> 408;
            case TOO_LARGE -> 413;
            case MEDIA_TYPE -> 415;
            case CODE_BUSY -> 429;
            case INTERNAL, IO, PORT_TAKEN -> 500;
            case USAGE, SUITE_MISSING, UNSAFE_BIND, TOKENS, BAD_REQUEST -> 400;
        };
    }
}
