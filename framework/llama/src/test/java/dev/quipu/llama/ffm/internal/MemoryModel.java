package dev.quipu.llama.ffm.internal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A KV cache as llama.cpp documents it, with the tokens in its cells. */
final class MemoryModel implements KvMemory {
    /** A cell, by identity. */
    private static final class Cell {
        final int token;

        Cell(int token) {
            this.token = token;
        }
    }

    private final Map<Integer, List<Cell>> sequences = new HashMap<>();

    /** What a pass does. */
    void compute(int sequence, int token) {
        cells(sequence).add(new Cell(token));
    }

    List<Integer> tokens(int sequence) {
        return cells(sequence).stream().map(c -> c.token).toList();
    }

    int used() {
        Set<Cell> all = new HashSet<>();
        sequences.values().forEach(all::addAll);
        return all.size();
    }

    @Override
    public void copy(int from, int to, int length) {
        List<Cell> target = cells(to);
        target.addAll(cells(from).subList(target.size(), length));
    }

    @Override
    public void cut(int sequence, int from) {
        List<Cell> cells = cells(sequence);
        cells.subList(Math.min(from, cells.size()), cells.size()).clear();
    }

    private List<Cell> cells(int sequence) {
        return sequences.computeIfAbsent(sequence, s -> new ArrayList<>());
    }
}
