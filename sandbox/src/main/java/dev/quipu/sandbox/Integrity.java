package dev.quipu.sandbox;

/** How far the code under test can influence the verdict about it. */
public enum Integrity {
    /** Not beyond the values that it returns: tests and code never shared an interpreter. */
    SPLIT,
    /** Hostile code can forge its results; only honest code is judged rightly. */
    IN_PROCESS,
    /** There were no tests. */
    NONE
}
