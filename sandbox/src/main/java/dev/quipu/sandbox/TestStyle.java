package dev.quipu.sandbox;

/** How tests are written. */
public enum TestStyle {
    /** By what the tests contain, in the order of the other constants. */
    AUTO,
    /** Classes that extend {@code unittest.TestCase}. */
    UNITTEST,
    /** Functions {@code test_…} and classes {@code Test…} with plain asserts. */
    PYTEST,
    /** A function {@code check(candidate)}, called with {@link Job#entryPoint}. */
    CHECK,
    /** The examples in the docstrings of the code under test, or in the tests read as plain text where there are some. */
    DOCTEST,
    /** Statements at the top of the file; each {@code assert} there is a test. */
    ASSERTS
}
