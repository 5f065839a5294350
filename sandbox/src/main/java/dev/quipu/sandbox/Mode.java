package dev.quipu.sandbox;

/** What is done with the code. */
public enum Mode {
    /** The code runs as the main program. */
    SCRIPT,
    /** Tests run in a jail that never runs the code under test; plain values and handles cross between the two. */
    TESTS_SPLIT,
    /** Code and tests share an interpreter: faster, and hostile code can forge its own results. */
    TESTS_IN_PROCESS,
    /** The code is compiled, not run. */
    SYNTAX_ONLY
}
