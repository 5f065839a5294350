package dev.quipu.training;

/** What a training computes on. */
public enum Compute {
    /** A GPU where a library for one finds it and it can compute all of the training; else the CPU. */
    AUTO,
    CPU,
    /** A GPU; where it cannot, the training does not begin. */
    GPU
}
