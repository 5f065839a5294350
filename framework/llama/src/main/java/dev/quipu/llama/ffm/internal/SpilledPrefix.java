package dev.quipu.llama.ffm.internal;

import java.lang.foreign.MemorySegment;
import java.util.List;

/** A conversation's beginning that was read back from disk: its tokens, and what llama.cpp computed of them. */
record SpilledPrefix(List<Integer> tokens, MemorySegment state) {
    /** Tokens at its beginning that others have too. */
    int common(int[] others) {
        int same = 0;
        while (same < tokens.size() && same < others.length && tokens.get(same) == others[same]) {
            same++;
        }
        return same;
    }
}
