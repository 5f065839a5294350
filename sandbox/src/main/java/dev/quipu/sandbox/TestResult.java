package dev.quipu.sandbox;

import java.time.Duration;

/**
 * One test.
 *
 * @param id as Python names it, such as {@code TestAdd.test_zero} or {@code test_zero}
 * @param status what became of it
 * @param took how long it ran
 * @param message exception and trace, cut to a few thousand characters; empty for a pass
 */
public record TestResult(String id, TestStatus status, Duration took, String message) {}
