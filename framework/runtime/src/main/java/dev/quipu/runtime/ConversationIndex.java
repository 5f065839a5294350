package dev.quipu.runtime;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Where the turns of each conversation stand: eight bytes a turn, so that memory holds no texts. A position is the
 * number of a segment in the upper 24 bits and an offset in it in the lower 40.
 *
 * <p>Thread-safe.
 */
final class ConversationIndex {
    private static final int OFFSET_BITS = 40;

    private final Map<String, Positions> conversations = new HashMap<>();

    static long position(int segment, long offset) {
        return (long) segment << OFFSET_BITS | offset;
    }

    static int segment(long position) {
        return (int) (position >>> OFFSET_BITS);
    }

    static long offset(long position) {
        return position & ((1L << OFFSET_BITS) - 1);
    }

    /**
     * Adds a turn behind the last of its conversation, or in place of it when both have the same sequence: the earlier
     * one then was never acknowledged. Returns false for a turn that is older than the last.
     */
    synchronized boolean add(TurnKey key, long position) {
        Positions positions = conversations.computeIfAbsent(key.conversation(), name -> new Positions());
        if (positions.count > 0 && key.sequence() < positions.lastSequence) {
            return false;
        }
        positions.add(key.sequence(), position);
        return true;
    }

    /** The sequence of a conversation's last turn; 0 when it has none. */
    synchronized long lastSequence(String conversation) {
        Positions positions = conversations.get(conversation);
        return positions == null ? 0 : positions.lastSequence;
    }

    synchronized long[] latest(String conversation, int limit) {
        Positions positions = conversations.get(conversation);
        if (positions == null) {
            return new long[0];
        }
        return Arrays.copyOfRange(positions.at, Math.max(0, positions.count - limit), positions.count);
    }

    /** The conversations, in the order of their first turns. */
    synchronized List<String> names() {
        return conversations.entrySet().stream()
                .sorted(Comparator.comparingLong((Map.Entry<String, Positions> e) -> e.getValue().at[0]))
                .map(Map.Entry::getKey)
                .toList();
    }

    synchronized int size() {
        return conversations.size();
    }

    private static final class Positions {
        private long[] at = new long[2];
        private int count;
        private long lastSequence;

        void add(long sequence, long position) {
            if (count > 0 && sequence == lastSequence) {
                at[count - 1] = position;
                return;
            }
            if (count == at.length) {
                at = Arrays.copyOf(at, count * 2);
            }
            at[count++] = position;
            lastSequence = sequence;
        }
    }
}
