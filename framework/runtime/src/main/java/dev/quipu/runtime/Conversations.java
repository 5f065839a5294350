package dev.quipu.runtime;

import dev.quipu.ApiError;
import dev.quipu.Identity;
import dev.quipu.QuipuException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Function;

/**
 * The conversations in memory and their queues. The turns of one conversation run one after the other, in the order in
 * which they came; different conversations run side by side. Both queues, of a conversation and over all, are bounded.
 *
 * <p>Thread-safe.
 */
final class Conversations {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private final AssistantLimits limits;
    private final Clock clock;
    private final Executor threads;
    private final Map<String, Conversation> byId = new LinkedHashMap<>(16, 0.75f, true);
    private final Promise<Void> drained = Promise.promise();
    private int open;
    private int running;
    private int threadsRunning;
    private boolean closed;

    Conversations(AssistantLimits limits, Clock clock, Executor threads) {
        this.limits = limits;
        this.clock = clock;
        this.threads = threads;
    }

    /**
     * Runs a turn when its time comes. The turn must not throw; it returns what tells its caller the outcome, which
     * runs when the turn no longer counts as open, so that a caller may ask again at once.
     *
     * @throws QuipuException if the conversation is someone else's, a queue is full, or the assistant is closed
     */
    void submit(String id, Identity who, Function<Conversation, Runnable> turn) {
        enqueue(id, who, turn).ifPresent(conversation -> threads.execute(() -> runAll(conversation)));
    }

    /** Returns the conversation when somebody has to start running it. */
    private synchronized Optional<Conversation> enqueue(
            String id, Identity who, Function<Conversation, Runnable> turn) {
        if (closed) {
            throw new QuipuException(ApiError.CLOSED, "The assistant is closed. Build a new one.");
        }
        requireRoom(open, limits.maxQueued(), "all conversations", "max-queued");
        Conversation conversation = byId.computeIfAbsent(id, name -> new Conversation(name, clock.instant()));
        conversation.owner().ifPresent(owner -> requireOwner(owner, who));
        requireRoom(
                conversation.open,
                limits.maxQueuedPerConversation(),
                "the conversation",
                "max-queued-per-conversation");
        conversation.waiting.add(turn);
        conversation.open++;
        open++;
        evict();
        if (conversation.open > 1) {
            return Optional.empty();
        }
        running++;
        threadsRunning++;
        return Optional.of(conversation);
    }

    static void requireOwner(Identity owner, Identity who) {
        if (!owner.equals(who)) {
            throw new QuipuException(
                    RuntimeError.IDENTITY,
                    "The conversation was begun by someone else. Start a new conversation after signing in or out.");
        }
    }

    private static void requireRoom(int taken, int limit, String where, String key) {
        if (taken >= limit) {
            throw new BusyException(
                    RuntimeError.BUSY,
                    "In " + where + " " + taken + " questions are open, which is the limit. Ask again in "
                            + RETRY_AFTER.toSeconds() + " s, or raise quipu.runtime." + key + ".",
                    RETRY_AFTER);
        }
    }

    private void runAll(Conversation conversation) {
        boolean more = true;
        while (more) {
            Runnable tell = first(conversation).apply(conversation);
            more = goesOn(conversation);
            tell.run();
        }
        if (ended()) {
            drained.tryComplete();
        }
    }

    private synchronized Function<Conversation, Runnable> first(Conversation conversation) {
        return conversation.waiting.remove();
    }

    private synchronized boolean goesOn(Conversation conversation) {
        open--;
        conversation.open--;
        conversation.lastUsed = clock.instant();
        running -= conversation.open == 0 ? 1 : 0;
        return conversation.open > 0;
    }

    private synchronized boolean ended() {
        threadsRunning--;
        return closed && threadsRunning == 0;
    }

    /** Forgets conversations that are idle for long, and the longest idle ones when there are too many. */
    synchronized void evict() {
        Instant before = clock.instant().minus(limits.idle());
        Iterator<Conversation> oldestFirst = byId.values().iterator();
        while (oldestFirst.hasNext()) {
            Conversation conversation = oldestFirst.next();
            boolean idle = conversation.lastUsed.isBefore(before);
            if (!idle && byId.size() <= limits.maxConversations()) {
                return;
            }
            if (conversation.open == 0) {
                oldestFirst.remove();
            }
        }
    }

    /** Takes no more turns; completes when the last one has ended. */
    Future<Void> close() {
        if (refuseMore()) {
            drained.tryComplete();
        }
        return drained.future();
    }

    private synchronized boolean refuseMore() {
        closed = true;
        return threadsRunning == 0;
    }

    synchronized int size() {
        return byId.size();
    }

    synchronized int running() {
        return running;
    }

    synchronized int waiting() {
        return open - running;
    }
}
