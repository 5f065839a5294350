package dev.quipu.server;

import dev.quipu.Identity;
import dev.quipu.kg.question.SuiteSettings;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.ext.web.handler.StaticHandler;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/** The routes of the server and what is common to them: access, limits, errors. */
final class HttpApi {
    /** Scripts and styles of the page's own files, connections to this server, and nothing else. */
    private static final String CONTENT_POLICY =
            "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'";

    private final Assembly assembly;
    private final Access access;
    private final HttpLimits limits;
    private final ConversationRoutes conversations;
    private final OpenAiRoutes openAi;
    private final MetricsRoute metrics;
    private final SuiteRoute suite;
    private final CodeRoutes code;

    HttpApi(Assembly assembly, Access access, Identity who, String model, SuiteSettings settings) {
        this(assembly, access, who, model, settings, HttpLimits.STANDARD);
    }

    HttpApi(Assembly assembly, Access access, Identity who, String model, SuiteSettings settings, HttpLimits limits) {
        this.assembly = assembly;
        this.access = access;
        this.limits = limits;
        this.suite = new SuiteRoute(settings, who);
        this.conversations = new ConversationRoutes(assembly.assistant(), who);
        ModelMeter meter = new ModelMeter(assembly::metrics);
        this.openAi = new OpenAiRoutes(assembly, who, model, meter, limits);
        this.code = assembly.keep(new CodeRoutes(() -> assembly.codeModel(model)));
        this.metrics = new MetricsRoute(assembly.assistant(), meter);
    }

    /**
     * Binds and returns the port.
     *
     * @throws ServerException if the address cannot be bound
     */
    int listen(String host, int port) {
        HttpServerOptions options = new HttpServerOptions()
                .setIdleTimeout((int) limits.idle().toMillis())
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                .setMaxHeaderSize(16 << 10)
                .setMaxInitialLineLength(4 << 10);
        try {
            return assembly.vertx()
                    .createHttpServer(options)
                    .requestHandler(router())
                    .listen(port, host)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join()
                    .actualPort();
        } catch (CompletionException e) {
            throw new ServerException(
                    ServerError.PORT_TAKEN,
                    "Port " + port + " of " + host + " cannot be bound: "
                            + java.util.Objects.requireNonNullElse(e.getCause(), e)
                                    .getMessage()
                            + ". Stop what uses it, or choose another with --port.",
                    e);
        }
    }

    private Router router() {
        Router router = Router.router(assembly.vertx());
        Handler<RoutingContext> failures = new HttpFailures(limits)::handle;
        for (int status : new int[] {400, 404, 405, 413}) {
            router.errorHandler(status, failures);
        }
        router.route().handler(HttpApi::harden).handler(access.cors()::handle).failureHandler(failures);
        router.get("/health").handler(c -> c.json(new io.vertx.core.json.JsonObject().put("status", "up")));
        for (String guarded : new String[] {"/ready", "/metrics", "/v1/*", "/api/*"}) {
            router.route(guarded).handler(this::admit);
        }
        router.get("/ready").handler(this::ready);
        router.get("/metrics").handler(metrics::handle);
        router.get("/v1/models").handler(openAi::models);
        router.get("/v1/models/:id").handler(openAi::model);
        router.get("/api/conversations/:id").handler(conversations::turns);
        router.get("/api/suite").handler(suite::handle);
        OpenAiRoutes.POSTS.forEach(path -> router.post(path).handler(this::requireJson));
        router.post("/api/conversations/:id/messages").handler(this::requireJson);
        router.post("/api/code").handler(this::requireJson);
        router.post().handler(BodyHandler.create(false).setBodyLimit(limits.bodyBytes()));
        router.post().handler(HttpApi::bodyIsThere);
        OpenAiRoutes.POSTS.forEach(path -> router.post(path).handler(openAi::post));
        router.post("/api/conversations/:id/messages").handler(conversations::ask);
        router.post("/api/code").handler(code::write);
        // The page below would answer that these are not there.
        OpenAiRoutes.POSTS.forEach(path -> router.route(path).handler(c -> c.fail(405)));
        // Clients that ask for more of OpenAI's API than is here are to hear that it is not.
        router.post("/v1/*").handler(c -> c.fail(404));
        router.route("/api/conversations/:id/messages").handler(c -> c.fail(405));
        router.route("/api/code").handler(c -> c.fail(405));
        // The page holds no secrets, and a browser cannot send a token when it opens one.
        router.get().handler(StaticHandler.create("dev/quipu/server/page").setCachingEnabled(false));
        return router;
    }

    private static void harden(RoutingContext context) {
        context.response()
                .putHeader("x-content-type-options", "nosniff")
                .putHeader("referrer-policy", "no-referrer")
                .putHeader("content-security-policy", CONTENT_POLICY);
        context.next();
    }

    private void admit(RoutingContext context) {
        HttpServerRequest request = context.request();
        String host = request.authority() == null ? null : request.authority().toString();
        access.admit(request.getHeader("authorization"), host, request.getHeader("origin"))
                .enter(context);
        context.next();
    }

    /** A form of another page can send text but not JSON, so this keeps such forms out as well. */
    private void requireJson(RoutingContext context) {
        String type =
                Optional.ofNullable(context.request().getHeader("content-type")).orElse("none");
        if (!type.toLowerCase(java.util.Locale.ROOT).matches("application/json(\\s*;.*)?")) {
            context.fail(new ServerException(
                    ServerError.MEDIA_TYPE, "The body's type is " + type + ". Send content-type: application/json."));
            return;
        }
        long timer = assembly.vertx()
                .setTimer(
                        limits.bodyTime().toMillis(),
                        id -> context.fail(new ServerException(
                                ServerError.SLOW_BODY,
                                "The body was not there after "
                                        + limits.bodyTime().toMillis() + " ms. Send it at once.")));
        context.put("bodyTimer", timer);
        context.addEndHandler(ended -> assembly.vertx().cancelTimer(timer));
        context.next();
    }

    private static void bodyIsThere(RoutingContext context) {
        if (context.get("bodyTimer") instanceof Long timer) {
            context.vertx().cancelTimer(timer);
        }
        context.next();
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
}
