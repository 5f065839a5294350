package dev.quipu.sandbox;

import java.time.Duration;

/**
 * What a job may use. Each of the two jails of a split job has these limits.
 *
 * @param wall from the start of the job to its verdict
 * @param cpu processor time
 * @param perTest how long one test may take before it counts as failed and the next one starts
 * @param memoryBytes address space
 * @param stackBytes stack of the main thread
 * @param fileBytes size of one file
 * @param tmpBytes all files together
 * @param tmpInodes number of files and folders
 * @param outputBytes standard output and standard error together
 * @param openFiles open files at a time
 * @param threads threads at a time
 */
public record Limits(
        Duration wall,
        Duration cpu,
        Duration perTest,
        long memoryBytes,
        long stackBytes,
        long fileBytes,
        long tmpBytes,
        int tmpInodes,
        int outputBytes,
        int openFiles,
        int threads) {
    private static final long MIB = 1L << 20;

    public static final Limits DEFAULT = new Limits(
            Duration.ofSeconds(10),
            Duration.ofSeconds(10),
            Duration.ofSeconds(4),
            512 * MIB,
            8 * MIB,
            16 * MIB,
            16 * MIB,
            1024,
            1 << 20,
            64,
            64);

    public Limits {
        positive("wall", wall);
        positive("cpu", cpu);
        positive("per-test", perTest);
        within("memory", memoryBytes, 64 * MIB, 1L << 40);
        within("stack", stackBytes, MIB / 2, 1L << 30);
        within("file size", fileBytes, 0, 1L << 36);
        within("tmp size", tmpBytes, MIB / 16, 1L << 36);
        within("tmp inodes", tmpInodes, 16, 1 << 20);
        within("output", outputBytes, 1, 64 * MIB);
        within("open files", openFiles, 16, 4096);
        within("threads", threads, 1, 4096);
    }

    public Limits withWall(Duration value) {
        return new Limits(
                value,
                cpu,
                perTest,
                memoryBytes,
                stackBytes,
                fileBytes,
                tmpBytes,
                tmpInodes,
                outputBytes,
                openFiles,
                threads);
    }

    public Limits withCpu(Duration value) {
        return new Limits(
                wall,
                value,
                perTest,
                memoryBytes,
                stackBytes,
                fileBytes,
                tmpBytes,
                tmpInodes,
                outputBytes,
                openFiles,
                threads);
    }

    public Limits withPerTest(Duration value) {
        return new Limits(
                wall,
                cpu,
                value,
                memoryBytes,
                stackBytes,
                fileBytes,
                tmpBytes,
                tmpInodes,
                outputBytes,
                openFiles,
                threads);
    }

    public Limits withMemoryBytes(long value) {
        return new Limits(
                wall, cpu, perTest, value, stackBytes, fileBytes, tmpBytes, tmpInodes, outputBytes, openFiles, threads);
    }

    public Limits withOutputBytes(int value) {
        return new Limits(
                wall, cpu, perTest, memoryBytes, stackBytes, fileBytes, tmpBytes, tmpInodes, value, openFiles, threads);
    }

    public Limits withTmpBytes(long value) {
        return new Limits(
                wall,
                cpu,
                perTest,
                memoryBytes,
                stackBytes,
                fileBytes,
                value,
                tmpInodes,
                outputBytes,
                openFiles,
                threads);
    }

    private static void positive(String name, Duration value) {
        if (value.isNegative() || value.isZero() || value.compareTo(Duration.ofDays(1)) > 0) {
            throw new SandboxException(
                    SandboxError.OPTION, "The limit " + name + " is " + value + ", but has to be from 0 s to 1 day.");
        }
    }

    private static void within(String name, long value, long low, long high) {
        if (value < low || value > high) {
            throw new SandboxException(
                    SandboxError.OPTION,
                    "The limit " + name + " is " + value + ", but has to be from " + low + " to " + high + ".");
        }
    }
}
