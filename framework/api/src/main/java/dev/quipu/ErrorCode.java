package dev.quipu;

/**
 * A kind of failure with a stable identifier. Each module lists its own in an enum; the table of codes in the
 * documentation is generated from those enums.
 */
public interface ErrorCode {
    /** The stable identifier, for example {@code QP-ENGINE-003}. */
    String id();

    /** What it means and what to do, as one sentence without this occurrence's numbers. */
    String meaning();
}
