package dev.quipu.llama.ffm.internal;

/** The cells of a KV cache as sequences see them. */
interface KvMemory {
    /** Lets a sequence share the first cells of another; what it has of them already stays. */
    void copy(int from, int to, int length);

    /** Takes a sequence's cells from a position on away from it. */
    void cut(int sequence, int from);
}
