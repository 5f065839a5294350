package dev.quipu.training.data;

/**
 * How much of the data goes where.
 *
 * @param validation share of the rows
 * @param test share of the rows
 * @param seed of the draw
 */
public record Shares(double validation, double test, long seed) {
    /** A twentieth each to validate and to test. */
    public static final Shares STANDARD = new Shares(0.05, 0.05, 42);

    /** Everything is learnt from. */
    public static final Shares ALL = new Shares(0, 0, 42);

    public Shares {
        DataException.require(
                validation >= 0 && test >= 0 && validation + test < 1,
                "the shares to validate and to test are " + validation + " and " + test
                        + ", but both have to be from 0, and together below 1");
    }

    /** Whether there is one part alone. */
    public boolean isWhole() {
        return validation == 0 && test == 0;
    }
}
