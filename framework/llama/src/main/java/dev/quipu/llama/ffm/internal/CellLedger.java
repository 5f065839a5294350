package dev.quipu.llama.ffm.internal;

import java.util.Arrays;

/**
 * How many cells of the KV cache are taken, which llama.cpp does not tell.
 *
 * <p>A cell belongs to one or more sequences, and is free again when the last of them let go of it. The numbers of cells
 * here are not llama.cpp's; who shares with whom is the same.
 */
final class CellLedger {
    private final int[] owners;
    private final int[] free;
    private int freeCount;
    private final int[][] cells;
    private final int[] lengths;

    CellLedger(int size, int sequences) {
        owners = new int[size];
        free = new int[size];
        for (int i = 0; i < size; i++) {
            free[i] = size - 1 - i;
        }
        freeCount = size;
        cells = new int[sequences][0];
        lengths = new int[sequences];
    }

    int size() {
        return owners.length;
    }

    int free() {
        return freeCount;
    }

    int length(int sequence) {
        return lengths[sequence];
    }

    /** Gives a sequence new cells of its own. */
    void append(int sequence, int count) {
        if (count > freeCount) {
            throw new IllegalStateException(count + " cells are wanted, " + freeCount + " are free");
        }
        ensure(sequence, lengths[sequence] + count);
        for (int i = 0; i < count; i++) {
            int cell = free[--freeCount];
            owners[cell] = 1;
            cells[sequence][lengths[sequence]++] = cell;
        }
    }

    /** Lets a sequence share the cells of another from where it ends itself. */
    void copy(int from, int to, int length) {
        if (length > lengths[from]) {
            throw new IllegalStateException(length + " cells are to be shared, there are " + lengths[from]);
        }
        ensure(to, length);
        while (lengths[to] < length) {
            int cell = cells[from][lengths[to]];
            owners[cell]++;
            cells[to][lengths[to]++] = cell;
        }
    }

    /** Takes a sequence's cells from a position on away from it. */
    void cut(int sequence, int from) {
        while (lengths[sequence] > from) {
            int cell = cells[sequence][--lengths[sequence]];
            if (--owners[cell] == 0) {
                free[freeCount++] = cell;
            }
        }
        if (from == 0) {
            cells[sequence] = new int[0];
        }
    }

    /** Cells that a cut there would free. */
    int own(int sequence, int from) {
        int own = 0;
        for (int i = from; i < lengths[sequence]; i++) {
            own += owners[cells[sequence][i]] == 1 ? 1 : 0;
        }
        return own;
    }

    private void ensure(int sequence, int length) {
        if (cells[sequence].length < length) {
            cells[sequence] = Arrays.copyOf(cells[sequence], Math.max(length, lengths[sequence] * 3 / 2));
        }
    }
}
