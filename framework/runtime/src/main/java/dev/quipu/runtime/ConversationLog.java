package dev.quipu.runtime;

import java.util.List;

/**
 * Keeps turns for good. A turn that {@link #append} accepted is there after a crash of the process, once, and in its
 * order.
 *
 * <p>Implementations are thread-safe. Calls block on a disk or a network and must not run on an event loop.
 */
public interface ConversationLog extends AutoCloseable {
    /**
     * Stores a turn; returns when it is durable. An interrupted or failed call leaves open whether the turn was
     * stored, so a caller reads the conversation again before it goes on.
     *
     * @throws LogException if the sequence is not one more than the conversation's last, or the record is too large
     * @throws LogUnavailableException if the turn cannot be made durable now, for example on a full disk
     */
    void append(LoggedTurn turn);

    /** All turns of a conversation, oldest first; empty when it is unknown. */
    default List<LoggedTurn> read(String conversation) {
        return read(conversation, Integer.MAX_VALUE);
    }

    /** The latest turns of a conversation, at most {@code limit}, oldest first. */
    List<LoggedTurn> read(String conversation, int limit);

    @Override
    void close();
}
