package dev.quipu.training;

import java.time.Duration;

/**
 * How far a training is.
 *
 * @param step that was taken, from 1
 * @param loss of that step
 * @param rate it was learnt with
 * @param gradientNorm before it was clipped
 * @param tokensPerSecond of the last steps, padding not counted
 * @param left what the rest will take at that pace
 * @param memory bytes of everything beside the model's own weights
 */
public record TrainingProgress(
        int step,
        int steps,
        double loss,
        double rate,
        double gradientNorm,
        double tokensPerSecond,
        Duration left,
        long memory) {}
