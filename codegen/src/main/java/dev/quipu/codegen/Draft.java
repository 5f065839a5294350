package dev.quipu.codegen;

/**
 * What a model wrote.
 *
 * @param text its words
 * @param promptTokens tokens that it read; 0 where it does not tell
 * @param outputTokens tokens that it wrote; an estimate where it does not tell
 * @param cutOff whether the limit of tokens ended it
 */
public record Draft(String text, int promptTokens, int outputTokens, boolean cutOff) {}
