package dev.quipu.server;

import dev.quipu.ApiError;
import dev.quipu.Identity;
import dev.quipu.QuipuException;
import dev.quipu.Retryable;
import dev.quipu.kg.question.SuiteSettings;
import dev.quipu.runtime.RuntimeError;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.ext.web.handler.StaticHandler;
import org.jspecify.annotations.Nullable;

/** The routes of the server and what is common to them: access, limits, errors. */
final class HttpApi {
    private static final long BODY_LIMIT = 1 << 20;
    private static final int IDLE_SECONDS = 60;

    private final Assembly assembly;
    private final Access access;
    private final ConversationRoutes conversations;
    private final OpenAiRoutes openAi;
    private final MetricsRoute metrics;
    private final SuiteSettings settings;

    HttpApi(Assembly assembly, Access access, Identity who, String model, SuiteSettings settings) {
        this.assembly = assembly;
        this.access = access;
        this.settings = settings;
        this.conversations = new ConversationRoutes(assembly.assistant(), who);
        this.openAi = new OpenAiRoutes(assembly, who, model);
        this.metrics = new MetricsRoute(assembly.assistant());
    }

    /** Binds and returns the port. */
    int listen(String host, int port) {
        HttpServerOptions options = new HttpServerOptions()
                .setIdleTimeout(IDLE_SECONDS)
                .setMaxHeaderSize(16 << 10)
                .setMaxInitialLineLength(4 << 10)
                .setMaxFormAttributeSize(16 << 10);
        return assembly.vertx()
                .createHttpServer(options)
                .requestHandler(router())
                .listen(port, host)
                .await()
                .actualPort();
    }

    private Router router() {
        Router router = Router.router(assembly.vertx());
        router.route().handler(this::secure).failureHandler(this::fail);
        router.get("/health").handler(c -> c.json(new io.vertx.core.json.JsonObject().put("status", "up")));
        router.get("/ready").handler(this::ready);
        router.get("/metrics").handler(metrics::handle);
        router.route().handler(BodyHandler.create(false).setBodyLimit(BODY_LIMIT));
        router.get("/v1/models").handler(openAi::models);
        router.post("/v1/chat/completions").handler(openAi::complete);
        router.post("/api/conversations/:id/messages").handler(conversations::ask);
        router.get("/api/conversations/:id").handler(conversations::turns);
        router.get("/api/suite")
                .handler(c -> c.response()
                        .putHeader("content-type", "application/json")
                        .end(Json.write(settings.demoQuestions())));
        router.get().handler(StaticHandler.create("dev/quipu/server/page").setCachingEnabled(false));
        return router;
    }

    private void secure(RoutingContext context) {
        context.response()
                .putHeader("x-content-type-options", "nosniff")
                .putHeader("referrer-policy", "no-referrer")
                .putHeader("content-security-policy", "default-src 'self'; frame-ancestors 'none'");
        boolean open = HttpMethod.GET.equals(context.request().method())
                && path(context).equals("/health");
        String authorization = context.request().getHeader("authorization");
        String host = context.request().getHeader("host");
        if (open || access.admits(authorization, host, context.request().getHeader("origin"))) {
            context.next();
        } else {
            context.fail(new ServerException(
                    ServerError.UNAUTHORIZED,
                    "This request is not allowed. Send the server's token as a bearer token."));
        }
    }

    private void ready(RoutingContext context) {
        // The check asks the database, so it may not run on the event loop.
        assembly.vertx()
                .executeBlocking(() -> assembly.knowledge().healthy(), false)
                .onSuccess(up -> context.response()
                        .setStatusCode(up ? 200 : 503)
                        .putHeader("content-type", "application/json")
                        .end("{\"status\":\"" + (up ? "ready" : "graph unavailable") + "\"}"))
                .onFailure(context::fail);
    }

    private void fail(RoutingContext context) {
        @Nullable Throwable cause = context.failure();
        int status = status(context, cause);
        String code = cause instanceof QuipuException e ? e.code().id() : "HTTP-" + status;
        String message = cause instanceof QuipuException e
                ? e.getMessage()
                : status == 413
                        ? ServerError.TOO_LARGE.id() + " The body is larger than " + BODY_LIMIT + " bytes."
                        : status == 404 ? "There is no " + path(context) + "." : "The server failed.";
        if (status == 500) {
            org.slf4j.LoggerFactory.getLogger(HttpApi.class).error("A request failed", cause);
        }
        if (context.response().headWritten()) {
            context.response().reset();
            return;
        }
        if (cause instanceof Retryable retry) {
            context.response()
                    .putHeader(
                            "retry-after",
                            String.valueOf(Math.max(1, retry.retryAfter().toSeconds())));
        }
        boolean openAiForm = path(context).startsWith("/v1/");
        var error = Json.create().put("code", code).put("message", message);
        if (openAiForm) {
            error.put("type", status < 500 ? "invalid_request_error" : "server_error");
        }
        context.response()
                .setStatusCode(status)
                .putHeader("content-type", "application/json")
                .end(openAiForm ? Json.create().set("error", error).toString() : error.toString());
    }

    private static String path(RoutingContext context) {
        return java.util.Objects.requireNonNullElse(context.request().path(), "");
    }

    private static int status(RoutingContext context, @Nullable Throwable cause) {
        return switch (cause) {
            case Retryable retry -> 503;
            case ServerException e ->
                switch ((ServerError) e.code()) {
                    case UNAUTHORIZED -> 401;
                    case UNKNOWN_MODEL -> 404;
                    case TOO_LARGE -> 413;
                    default -> 400;
                };
            case QuipuException e -> e.code() instanceof ApiError || e.code() == RuntimeError.IDENTITY ? 400 : 500;
            case null -> context.statusCode() > 0 ? context.statusCode() : 500;
            default -> context.statusCode() > 0 ? context.statusCode() : 500;
        };
    }
}
