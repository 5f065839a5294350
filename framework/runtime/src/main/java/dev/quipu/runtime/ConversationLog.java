package dev.quipu.runtime;

import java.util.List;

/**
 * Where turns are kept. Thread-safe; calls block.
 *
 * <p>When {@link #append} returns, the turn survives the death of the process. Turns of one conversation come back in the
 * order in which they were appended, each once.
 */
public interface ConversationLog extends AutoCloseable {
    /**
     * Stores a turn.
     *
     * @throws ConversationException if it is not stored; the log goes on with the next one
     */
    void append(Turn turn);

    /** The turns of a conversation, oldest first; empty for an unknown one. */
    List<Turn> turns(String conversation);

    @Override
    void close();

    /** A log that forgets when the process ends, for tests and demos. */
    static ConversationLog inMemory() {
        return new InMemoryConversationLog();
    }
}
