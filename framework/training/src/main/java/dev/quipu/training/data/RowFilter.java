package dev.quipu.training.data;

import java.util.Optional;

/** Decides whether a row is good enough to learn from. */
public interface RowFilter {
    /** What it is called where it is switched off. */
    String name();

    /**
     * Empty for a row that may stay.
     *
     * @param reading the row's text, cut once for all filters
     */
    Optional<Finding> check(Row row, Reading reading);
}
