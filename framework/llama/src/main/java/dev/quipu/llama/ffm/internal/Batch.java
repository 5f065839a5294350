package dev.quipu.llama.ffm.internal;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * The tokens of one pass, in memory that Java owns.
 *
 * <p>llama.cpp aborts the process on a batch larger than it was told, so the capacity is that of the context and
 * {@link #add} refuses one token more.
 */
final class Batch {
    private final int capacity;
    private final MemorySegment struct;
    private final MemorySegment tokens;
    private final MemorySegment positions;
    private final MemorySegment sequences;
    private final MemorySegment outputs;
    private int count;

    Batch(Arena arena, int capacity) {
        this.capacity = capacity;
        struct = arena.allocate(Layouts.BATCH);
        tokens = arena.allocate(JAVA_INT, capacity);
        positions = arena.allocate(JAVA_INT, capacity);
        sequences = arena.allocate(JAVA_INT, capacity);
        outputs = arena.allocate(capacity);
        MemorySegment counts = arena.allocate(JAVA_INT, capacity);
        MemorySegment pointers = arena.allocate(ADDRESS, capacity);
        for (int i = 0; i < capacity; i++) {
            counts.setAtIndex(JAVA_INT, i, 1);
            pointers.setAtIndex(ADDRESS, i, sequences.asSlice(4L * i));
        }
        struct.set(ADDRESS, Layouts.offset(Layouts.BATCH, "token"), tokens);
        struct.set(ADDRESS, Layouts.offset(Layouts.BATCH, "pos"), positions);
        struct.set(ADDRESS, Layouts.offset(Layouts.BATCH, "n_seq_id"), counts);
        struct.set(ADDRESS, Layouts.offset(Layouts.BATCH, "seq_id"), pointers);
        struct.set(ADDRESS, Layouts.offset(Layouts.BATCH, "logits"), outputs);
    }

    void clear() {
        count = 0;
    }

    int size() {
        return count;
    }

    int room() {
        return capacity - count;
    }

    /**
     * Adds a token.
     *
     * @param output whether its logits are wanted
     * @return its place, by which its logits are found
     */
    int add(int token, int position, int sequence, boolean output) {
        if (count >= capacity) {
            throw new IllegalStateException("a batch holds " + capacity + " tokens");
        }
        tokens.setAtIndex(JAVA_INT, count, token);
        positions.setAtIndex(JAVA_INT, count, position);
        sequences.setAtIndex(JAVA_INT, count, sequence);
        outputs.set(JAVA_BYTE, count, (byte) (output ? 1 : 0));
        return count++;
    }

    /** The C structure. */
    MemorySegment struct() {
        struct.set(JAVA_INT, 0, count);
        return struct;
    }
}
