package dev.quipu.server;

import dev.quipu.QuipuException;
import io.vertx.core.Context;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;

/** Server-sent events of one response. Events may come from any thread; they are written on the response's own. */
final class EventStream {
    private final RoutingContext request;
    private final Context context;
    private boolean begun;

    EventStream(RoutingContext request) {
        this.request = request;
        this.context = request.vertx().getOrCreateContext();
    }

    void send(String event, String data) {
        context.runOnContext(v -> write(event, data));
    }

    private void write(String event, String data) {
        HttpServerResponse response = request.response();
        if (response.ended() || response.closed()) {
            return;
        }
        if (!begun) {
            begun = true;
            response.setChunked(true)
                    .putHeader("content-type", "text/event-stream; charset=utf-8")
                    .putHeader("cache-control", "no-cache");
        }
        String name = event.isEmpty() ? "" : "event: " + event + "\n";
        response.write(name + "data: " + data + "\n\n");
    }

    void end(String event, String data) {
        context.runOnContext(v -> {
            write(event, data);
            if (!request.response().ended()) {
                request.response().end();
            }
        });
    }

    void fail(Throwable error) {
        context.runOnContext(v -> {
            if (!begun) {
                request.fail(error);
                return;
            }
            String message = error instanceof QuipuException e ? e.getMessage() : "The server failed.";
            write("error", Json.write(String.valueOf(message)));
            request.response().end();
        });
    }
}
