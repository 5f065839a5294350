package dev.quipu.sandbox;

/**
 * How a job ended, in one word. The order of the constants is the order of precedence: where several hold, the first one
 * is the outcome.
 */
public enum Outcome {
    /** The sandbox itself failed, so nothing is known of the code. Another try may succeed. */
    SANDBOX_ERROR,
    /** The caller gave the job up. */
    CANCELLED,
    /** The job took longer than it may. */
    TIMEOUT,
    /** The job wrote more than it may. */
    OUTPUT_LIMIT,
    /** The job called the kernel for what is forbidden. */
    FORBIDDEN_SYSCALL,
    /** The job used more processor time than it may. */
    CPU_LIMIT,
    /** A file grew beyond its limit. */
    FILE_LIMIT,
    /** Memory ran out. */
    MEMORY_LIMIT,
    /** A signal ended the interpreter, such as a segmentation fault. */
    CRASHED,
    /** CPython does not compile the code or the tests. */
    SYNTAX_ERROR,
    /** The code or the tests raised an exception while they were loaded. */
    LOAD_ERROR,
    /** The code under test ended its interpreter while tests ran. */
    EXITED,
    /** An expected test was skipped or did not report. */
    INCOMPLETE,
    /** At least one test failed. */
    TESTS_FAILED,
    /** The tests hold no test. */
    NO_TESTS,
    /** Every expected test passed. */
    PASSED,
    /** A script raised an exception or ended with another status than 0. */
    RUNTIME_ERROR,
    /** A script ended well, or the code compiles. */
    OK;

    /** Whether the code did what was asked of it. */
    public boolean success() {
        return this == PASSED || this == OK;
    }
}
