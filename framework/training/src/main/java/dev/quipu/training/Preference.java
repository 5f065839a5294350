package dev.quipu.training;

/**
 * Two answers to one question, of which one is better.
 *
 * @param chosen the better one, with its question
 * @param rejected the other one, with the same question
 */
public record Preference(Example chosen, Example rejected) {}
