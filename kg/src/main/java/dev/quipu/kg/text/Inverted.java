package dev.quipu.kg.text;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Numbers by row, sorted: for each term the passages that have it, for each entity those that mention it. Immutable; a
 * changed one shares with the old one every row that stayed the same, so that a change costs what it touches.
 */
final class Inverted {
    static final Inverted EMPTY = new Inverted(new int[0][]);
    private static final int[] NONE = {};

    private final int[][] rows;

    private Inverted(int[][] rows) {
        this.rows = rows;
    }

    /** What comes to rows and what goes from them. */
    static final class Change {
        private final Map<Integer, Bag> come = new HashMap<>();
        private final Map<Integer, Bag> gone = new HashMap<>();

        void add(int row, int value) {
            come.computeIfAbsent(row, r -> new Bag()).add(value);
        }

        void remove(int row, int value) {
            gone.computeIfAbsent(row, r -> new Bag()).add(value);
        }
    }

    private static final class Bag {
        private int[] values = new int[4];
        private int size;

        void add(int value) {
            values = size == values.length ? Arrays.copyOf(values, size * 2) : values;
            values[size++] = value;
        }

        int[] sorted() {
            int[] all = Arrays.copyOf(values, size);
            Arrays.sort(all);
            return all;
        }
    }

    /** @param size how many rows there are then */
    Inverted with(Change change, int size) {
        int[][] next = Arrays.copyOf(rows, Math.max(size, rows.length));
        Arrays.fill(next, rows.length, next.length, NONE);
        change.gone.forEach((row, bag) -> next[row] = without(next[row], bag.sorted()));
        change.come.forEach((row, bag) -> next[row] = merged(next[row], bag.sorted()));
        return new Inverted(next);
    }

    private static int[] without(int[] row, int[] gone) {
        int[] left =
                Arrays.stream(row).filter(v -> Arrays.binarySearch(gone, v) < 0).toArray();
        return left.length == 0 ? NONE : left;
    }

    private static int[] merged(int[] row, int[] come) {
        int[] all = Arrays.copyOf(row, row.length + come.length);
        int left = row.length - 1;
        int right = come.length - 1;
        for (int at = all.length - 1; right >= 0; at--) {
            all[at] = left >= 0 && row[left] > come[right] ? row[left--] : come[right--];
        }
        return all;
    }

    int[] of(int row) {
        return row < rows.length ? rows[row] : NONE;
    }

    int size() {
        return rows.length;
    }
}
