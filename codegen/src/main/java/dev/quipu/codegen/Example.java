package dev.quipu.codegen;

/**
 * A call and its result, as texts of Python.
 *
 * @param arguments what stands between the parentheses
 * @param expected the value; {@code None} where an exception is expected
 * @param raises the name of the expected exception; empty for none
 */
record Example(String arguments, String expected, String raises) {
    String call(String entryPoint) {
        return entryPoint + "(" + arguments + ")";
    }
}
