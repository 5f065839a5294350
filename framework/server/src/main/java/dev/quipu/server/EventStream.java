package dev.quipu.server;

import io.vertx.core.Context;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;

/**
 * Server-sent events of one response. Events may come from any thread; they are written on the response's own, and none
 * after the end.
 */
final class EventStream {
    /** Events that may wait for a reader; a producer that may block is stopped beyond. */
    private static final int WINDOW = 32;

    private final RoutingContext request;
    private final Context context;
    private final Semaphore window = new Semaphore(WINDOW);
    private final Queue<Runnable> leaving = new ConcurrentLinkedQueue<>();
    private volatile boolean closed;
    private boolean begun;

    /** Called on the event loop, when the request is handled. */
    EventStream(RoutingContext request) {
        this.request = request;
        this.context = request.vertx().getOrCreateContext();
        request.response().closeHandler(nothing -> close());
        request.response().exceptionHandler(error -> close());
    }

    /** On the event loop; a connection that breaks may say so twice. */
    private void close() {
        if (!closed) {
            closed = true;
            window.release(Integer.MAX_VALUE / 2);
            List.copyOf(leaving).forEach(Runnable::run);
        }
    }

    /** Runs something quick when nobody reads any more, so that nothing goes on, or waits its turn, for nobody. */
    void whenClosed(Runnable action) {
        leaving.add(action);
        if (closed) {
            action.run();
        }
    }

    /** Whether nobody reads any more. */
    boolean closed() {
        return closed;
    }

    /** Sends an event without waiting; for producers on an event loop, whose events are few. */
    void send(String event, String data) {
        context.runOnContext(nothing -> write(event, data));
    }

    /**
     * Sends an event; blocks while the reader is slow.
     *
     * @return false when nobody reads any more
     */
    boolean sendWhenRead(String event, String data) throws InterruptedException {
        window.acquire();
        context.runOnContext(nothing -> write(event, data));
        return !closed;
    }

    private void write(String event, String data) {
        HttpServerResponse response = request.response();
        if (closed || response.ended() || response.closed()) {
            window.release();
            return;
        }
        if (!begun) {
            begun = true;
            response.setChunked(true)
                    .putHeader("content-type", "text/event-stream; charset=utf-8")
                    .putHeader("cache-control", "no-cache");
        }
        String name = event.isEmpty() ? "" : "event: " + event + "\n";
        // The write completes when the bytes have left for the socket, which a slow reader holds up.
        response.write(name + "data: " + data + "\n\n").onComplete(written -> window.release());
    }

    void end(String event, String data) {
        context.runOnContext(nothing -> {
            write(event, data);
            finish();
        });
    }

    /** Ends with an error: as a response of its own before the first event, as an event after it. */
    void fail(Throwable error) {
        context.runOnContext(nothing -> {
            if (begun) {
                write(HttpFailures.path(request).startsWith("/v1/") ? "" : "error", HttpFailures.body(request, error));
                finish();
            } else {
                request.fail(error);
            }
        });
    }

    /** Ends with one JSON body in place of events. */
    void respond(String body) {
        context.runOnContext(nothing -> {
            if (!closed && !request.response().ended()) {
                request.response().putHeader("content-type", "application/json").end(body);
            }
        });
    }

    private void finish() {
        HttpServerResponse response = request.response();
        if (!response.ended() && !response.closed()) {
            response.end();
        }
    }
}
