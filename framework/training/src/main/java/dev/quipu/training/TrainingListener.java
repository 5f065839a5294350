package dev.quipu.training;

/** Hears how a training goes, on the thread that trains. */
public interface TrainingListener {
    TrainingListener NONE = progress -> {};

    /** After each step. */
    void step(TrainingProgress progress);

    /** When a checkpoint is on the disk. */
    default void checkpoint(int step) {}
}
