package dev.quipu.sandbox;

/**
 * What CPython's own compiler said.
 *
 * @param file {@code solution.py}, {@code test_solution.py} or {@code main.py}
 * @param line 1 for the first; 0 if unknown
 * @param column 1 for the first; 0 if unknown
 * @param message what is wrong
 * @param text the line of source
 */
public record SyntaxProblem(String file, int line, int column, String message, String text) {}
