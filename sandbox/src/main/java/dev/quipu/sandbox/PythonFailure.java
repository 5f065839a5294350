package dev.quipu.sandbox;

/**
 * An exception that a script, or the loading of code or tests, ended with.
 *
 * @param type such as {@code ZeroDivisionError}
 * @param message its text
 * @param file the file of the innermost line that is ours to show; empty if there is none
 * @param line that line; 0 if there is none
 * @param trace as Python prints it, cut to a few thousand characters
 */
public record PythonFailure(String type, String message, String file, int line, String trace) {}
