package dev.quipu.codegen;

/** Which of the drafts that do equally well on the given tests is the answer. */
public enum Selection {
    /** The first. */
    FIRST,
    /** The one whose results on inputs near the examples most other drafts share. */
    AGREEMENT,
    /** The same, with tests that the model itself wrote, as far as drafts agree with them, as further votes. */
    GENERATED_TESTS
}
