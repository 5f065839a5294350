package dev.quipu.llama.ffm.internal;

/**
 * A sequence of the context with the tokens whose cells it holds or, while it runs, is going to. Compared by identity.
 */
final class Held {
    /** Whose cells it may share: those that were computed with the same adapters. */
    final String key;

    final int sequence;
    /** Rises with each sequence that is opened: the lower of two was there first. */
    final long order;
    /** What a running one is to compute, what an idle one has. */
    int[] tokens;

    boolean running = true;
    /** Whether a running one can be waited for. */
    boolean advances = true;
    /** The longest beginning that another took over: it showed that it is shared. */
    int proven;

    long lastUsed;

    Held(String key, int sequence, long order, int[] tokens) {
        this.key = key;
        this.sequence = sequence;
        this.order = order;
        this.tokens = tokens;
        this.lastUsed = order;
    }
}
