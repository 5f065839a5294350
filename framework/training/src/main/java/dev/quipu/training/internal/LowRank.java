package dev.quipu.training.internal;

/** The two matrices whose product changes a weight. */
record LowRank(Parameter a, Parameter b) {}
