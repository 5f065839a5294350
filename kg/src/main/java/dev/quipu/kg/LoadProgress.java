package dev.quipu.kg;

/** Hears how far a load is. Called on the thread that loads. */
@FunctionalInterface
public interface LoadProgress {
    /** What a reading of a file makes: each file is read for its nodes, and later for its relationships. */
    enum Step {
        NODES,
        RELATIONSHIPS
    }

    /**
     * Some more rows of a file were read.
     *
     * @param rows of this reading so far
     */
    void read(String file, Step step, long rows);
}
