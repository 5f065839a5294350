package dev.quipu.training.internal;

import dev.quipu.training.Example;
import java.util.List;

/** What a training learns from, step by step. */
public interface Lessons {
    /** Steps of the whole training. */
    int steps();

    /** Every example there is, for the fingerprint. */
    List<Example> examples();

    /** What else the result follows from, in words. */
    String kind();

    /** Adds the gradients of a step to the adapter, and returns its loss. */
    double learn(int step);

    /** Tokens of the last step, padding not counted. */
    int tokens();
}
