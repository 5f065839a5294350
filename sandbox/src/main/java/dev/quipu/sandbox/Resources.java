package dev.quipu.sandbox;

import java.time.Duration;

/**
 * What a job used.
 *
 * @param wall from the start of the job to its verdict, without its time in the queue
 * @param queued how long it waited
 * @param cpu processor time of its jails
 * @param peakMemoryBytes resident memory of the largest process
 */
public record Resources(Duration wall, Duration queued, Duration cpu, long peakMemoryBytes) {
    public static final Resources NONE = new Resources(Duration.ZERO, Duration.ZERO, Duration.ZERO, 0);
}
