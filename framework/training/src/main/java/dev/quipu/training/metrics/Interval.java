package dev.quipu.training.metrics;

/** A score and between which values 95 of 100 others lie that sets of the same kind would give. */
public record Interval(double score, double low, double high) {}
