package dev.quipu.server;

import dev.quipu.llama.Share;
import io.vertx.ext.web.RoutingContext;

/**
 * Who calls, by the token that was sent: the engine's tenant of that name and weight.
 *
 * @param name of the token; empty for callers without one, and for those with the only token
 * @param weight its part of the engine against other callers' parts
 */
record Caller(String name, double weight) {
    static final Caller NAMELESS = new Caller("", 1);

    private static final String KEY = Caller.class.getName();

    void enter(RoutingContext context) {
        context.put(KEY, this);
    }

    /** The caller of an admitted request. */
    static Caller of(RoutingContext context) {
        return context.get(KEY, NAMELESS);
    }

    Share share(Share.Priority priority) {
        return new Share(name, weight, priority);
    }
}
