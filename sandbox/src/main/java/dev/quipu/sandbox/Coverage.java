package dev.quipu.sandbox;

import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Which lines of the code under test ran. The code runs beside what counts, so hostile code can claim more; it informs,
 * and no verdict hangs on it.
 *
 * @param lines the lines that hold code
 * @param covered those of them that ran
 */
public record Coverage(SortedSet<Integer> lines, SortedSet<Integer> covered) {
    public Coverage {
        lines = Collections.unmodifiableSortedSet(new TreeSet<>(lines));
        covered = Collections.unmodifiableSortedSet(new TreeSet<>(covered));
    }

    /** From 0 to 1. */
    public double ratio() {
        return lines.isEmpty() ? 1 : (double) covered.size() / lines.size();
    }

    public SortedSet<Integer> missed() {
        SortedSet<Integer> missed = new TreeSet<>(lines);
        missed.removeAll(covered);
        return missed;
    }
}
