package dev.quipu.training;

/** Checks of options. */
final class Ranges {
    private Ranges() {}

    static void require(boolean holds, String wrong) {
        if (!holds) {
            throw new TrainingException(TrainingError.OPTION, wrong + ".");
        }
    }
}
