package dev.quipu.runtime;

import dev.quipu.Identity;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Function;

/**
 * One conversation in memory. {@link Conversations} guards its queue; its memory belongs to the one turn that runs.
 */
final class Conversation {
    final String id;
    final Deque<Function<Conversation, Runnable>> waiting = new ArrayDeque<>();
    /** Turns that wait or run. */
    int open;

    Instant lastUsed;

    private volatile Optional<Identity> owner = Optional.empty();
    private volatile Optional<ConversationMemory> memory = Optional.empty();

    Conversation(String id, Instant now) {
        this.id = id;
        this.lastUsed = now;
    }

    /** Whose it is; empty until its first turn has run. */
    Optional<Identity> owner() {
        return owner;
    }

    /** Empty when it has to be read from the log. */
    Optional<ConversationMemory> memory() {
        return memory;
    }

    void remember(ConversationMemory now) {
        owner = Optional.of(now.who());
        memory = Optional.of(now);
    }

    /** After a write to the log whose outcome is open: the log says how it stands. */
    void forget() {
        memory = Optional.empty();
    }
}
