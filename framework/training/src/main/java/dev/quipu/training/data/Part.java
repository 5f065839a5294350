package dev.quipu.training.data;

/** The parts into which data is divided: one to learn from, one to choose by while learning, one to judge by at the end. */
public enum Part {
    TRAIN,
    VALIDATION,
    TEST;

    /** The name that files and reports have for it. */
    public String key() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
