package dev.quipu.server;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which other sites' pages may call from a browser (CORS): those that are named, and none otherwise. There is no word for
 * all of them: on a machine without tokens it would open the model to every page that its user visits.
 *
 * @param origins in lower case, such as {@code https://app.example}
 */
record Cors(Set<String> origins) {
    static final Cors CLOSED = new Cors(Set.of());

    private static final String FORM = "https?://[a-z0-9.-]+(:\\d{1,5})?|https?://\\[[0-9a-f:]+](:\\d{1,5})?";
    /** Clients send headers of their own, so those that a page asks for are granted; none of them opens more. */
    private static final String HEADER_NAMES = "[A-Za-z0-9_, -]{0,2000}";

    Cors {
        origins = Set.copyOf(origins);
    }

    /** @throws ServerException if one is no origin */
    static Cors of(Collection<String> named) {
        Set<String> origins = new TreeSet<>();
        for (String one : named) {
            String origin = one.strip().toLowerCase(Locale.ROOT);
            if (!origin.matches(FORM)) {
                throw new ServerException(
                        ServerError.USAGE,
                        "The origin '" + one + "' is not of the form https://host or https://host:port. Name each"
                                + " origin, without a path.");
            }
            origins.add(origin);
        }
        return new Cors(origins);
    }

    boolean allows(@Nullable String origin) {
        return origin != null && origins.contains(origin.toLowerCase(Locale.ROOT));
    }

    /** Says what a page may read, and answers what its browser asks before it sends. */
    void handle(RoutingContext context) {
        HttpServerRequest request = context.request();
        HttpServerResponse response = context.response();
        String origin = request.getHeader("origin");
        if (!origins.isEmpty()) {
            response.putHeader("vary", "origin");
        }
        if (origin == null || !allows(origin)) {
            context.next();
            return;
        }
        response.putHeader("access-control-allow-origin", origin)
                .putHeader("access-control-expose-headers", GroundedModel.CONVERSATION + ", retry-after");
        if (HttpMethod.OPTIONS.equals(request.method()) && request.getHeader("access-control-request-method") != null) {
            String headers = request.getHeader("access-control-request-headers");
            if (headers != null && headers.matches(HEADER_NAMES)) {
                response.putHeader("access-control-allow-headers", headers);
            }
            response.putHeader("access-control-allow-methods", "GET, POST")
                    .putHeader("access-control-max-age", "600")
                    .setStatusCode(204)
                    .end();
            return;
        }
        context.next();
    }
}
