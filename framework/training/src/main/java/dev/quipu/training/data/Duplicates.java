package dev.quipu.training.data;

import java.util.BitSet;

/**
 * Which texts of a collection are copies, and which belong together. Texts are numbered as they were added; the first of
 * several copies is the original.
 */
public final class Duplicates {
    private static final int NONE = -1;

    private final int[] originals;
    private final int[] parents;
    private final BitSet equal = new BitSet();

    Duplicates(int size) {
        originals = new int[size];
        parents = new int[size];
        for (int i = 0; i < size; i++) {
            originals[i] = NONE;
            parents[i] = i;
        }
    }

    public int size() {
        return originals.length;
    }

    /** Whether a text is a copy of an earlier one. */
    public boolean isCopy(int id) {
        return originals[id] != NONE;
    }

    /** The text that a copy is a copy of; the text itself if it is none. */
    public int original(int id) {
        return isCopy(id) ? originals[id] : id;
    }

    /** Whether a copy is equal to its original in all but case and white space. */
    public boolean isEqual(int id) {
        return equal.get(id);
    }

    /** A number that all texts have in common that have to stay together. */
    public int family(int id) {
        int root = id;
        while (parents[root] != root) {
            parents[root] = parents[parents[root]];
            root = parents[root];
        }
        return root;
    }

    void copy(int id, int original, boolean isEqual) {
        originals[id] = original;
        equal.set(id, isEqual);
    }

    void join(int id, int other) {
        int one = family(id);
        int two = family(other);
        parents[Math.max(one, two)] = Math.min(one, two);
    }
}
