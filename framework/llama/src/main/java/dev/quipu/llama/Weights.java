package dev.quipu.llama;

/** How weights are kept in memory. */
public enum Weights {
    /** As they are in the file: what llama.cpp itself computes. */
    STORED,
    /**
     * Those of types that llama.cpp's CPU kernels multiply by token after token are kept as Q8_0 instead, by which they
     * multiply for many tokens at once. Prompts are read about twice as fast and many users are served faster, for up to twice
     * the memory; answers may differ in rare close draws. The copy is made at the first load and kept in the cache folder.
     * A model without such types is loaded as it is.
     */
    BATCHED
}
