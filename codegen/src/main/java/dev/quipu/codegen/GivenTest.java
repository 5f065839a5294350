package dev.quipu.codegen;

/**
 * A test that counts, and its result.
 *
 * @param origin who gave it
 * @param name as Python names it, or the call of an example
 * @param passed whether the code passes it
 * @param message what went wrong; empty for a pass
 */
public record GivenTest(Origin origin, String name, boolean passed, String message) {
    /** Who gave a test. */
    public enum Origin {
        /** The caller's tests. */
        CALLER,
        /** An example in the description or docstring. */
        EXAMPLE
    }
}
