package dev.quipu.server.bench;

/** A request of a benchmark: greedy continuation of a prompt by at most so many tokens. */
record Ask(String prompt, int maxTokens) {}
