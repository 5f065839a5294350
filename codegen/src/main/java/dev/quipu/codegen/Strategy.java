package dev.quipu.codegen;

/** What follows a draft that fails its tests. */
public enum Strategy {
    /** Nothing: the first draft is the answer. */
    SINGLE,
    /** Further drafts, independent of the first. */
    RESAMPLE,
    /** The best draft so far goes back to the model with the evidence of its failure. */
    REPAIR,
    /** Some of both in every round. */
    MIXED
}
