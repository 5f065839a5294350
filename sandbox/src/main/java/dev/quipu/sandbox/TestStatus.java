package dev.quipu.sandbox;

/** What became of one test. Only {@link #PASS} is a pass. */
public enum TestStatus {
    PASS,
    /** An assertion did not hold. */
    FAIL,
    /** Another exception, or the test took too long. */
    ERROR,
    SKIP,
    /** It is in the source of the tests but never reported. */
    NOT_RUN
}
