package dev.quipu.llama.ffm.internal;

import java.lang.foreign.MemorySegment;

/** An adapter in llama.cpp's memory. Its users are counted by the table. */
final class LoadedAdapter {
    final String name;
    /** The hash of its file. */
    final String identity;

    final MemorySegment handle;
    int users;
    boolean unloaded;

    LoadedAdapter(String name, String identity, MemorySegment handle) {
        this.name = name;
        this.identity = identity;
        this.handle = handle;
    }
}
