package dev.quipu.server.bench;

import dev.quipu.sandbox.Job;
import dev.quipu.sandbox.Limits;
import dev.quipu.sandbox.Mode;
import dev.quipu.sandbox.Outcome;
import dev.quipu.sandbox.PythonSandbox;
import dev.quipu.sandbox.RunningJob;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Whether anything is left of jobs: processes, open files and memory before and after many of them, of which some fail in
 * ways that have to be cleaned up. The first jobs bring everything to its size and are not counted.
 */
public record SandboxEndurance(PythonSandbox sandbox, int jobs) {
    private static final int FIRST = 500;
    private static final int AT_ONCE = 8;
    private static final long REST_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final String CODE = "def add(a, b): return a + b\n";
    private static final String TESTS = "from solution import add\ndef test_add(): assert add(1, 2) == 3\n";
    private static final Limits SHORT = Limits.DEFAULT.withWall(Duration.ofMillis(100));

    /** Each kind with how it has to end. */
    private record Kind(Job job, Outcome outcome) {}

    private static final List<Kind> KINDS = List.of(
            new Kind(Job.script("print(1)\n").build(), Outcome.OK),
            new Kind(Job.tests(CODE, TESTS).build(), Outcome.PASSED),
            new Kind(Job.tests(CODE, TESTS).mode(Mode.TESTS_IN_PROCESS).build(), Outcome.PASSED),
            new Kind(Job.script("print(1)\n").build(), Outcome.OK),
            new Kind(Job.tests(CODE, TESTS).build(), Outcome.PASSED),
            new Kind(Job.script("open('x', 'w').write('y' * 100000)\n").build(), Outcome.OK),
            new Kind(Job.script("raise ValueError(1)\n").build(), Outcome.RUNTIME_ERROR),
            new Kind(Job.script("import socket; socket.socket()\n").build(), Outcome.FORBIDDEN_SYSCALL),
            new Kind(Job.script("import os; os.abort()\n").build(), Outcome.CRASHED),
            new Kind(Job.script("while True: pass\n").limits(SHORT).build(), Outcome.TIMEOUT));

    /** Runs them. The answer is what was there before and after, by name. */
    public Map<String, Double> measure() {
        run(FIRST);
        Footprint before = rested();
        run(jobs);
        Footprint after = rested();
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("sandbox.endurance.jobs", (double) jobs);
        tell(figures, "before", before);
        tell(figures, "after", after);
        return figures;
    }

    private static void tell(Map<String, Double> figures, String when, Footprint footprint) {
        figures.put("sandbox.endurance.processes_" + when, (double) footprint.processes());
        figures.put("sandbox.endurance.handles_" + when, (double) footprint.handles());
        figures.put("sandbox.endurance.heap_megabytes_" + when, footprint.heap() / 1e6);
        figures.put("sandbox.endurance.resident_megabytes_" + when, footprint.resident() / 1e6);
    }

    /** Once the jails of the last jobs are gone and the pool is full again. */
    private static Footprint rested() {
        LockSupport.parkNanos(REST_NANOS);
        return Footprint.now();
    }

    private void run(int count) {
        Deque<RunningJob> running = new ArrayDeque<>();
        for (int i = 0; i < count; i++) {
            if (running.size() == AT_ONCE) {
                require(
                        running.remove(),
                        KINDS.get((i - AT_ONCE) % KINDS.size()).outcome());
            }
            running.add(sandbox.submit(KINDS.get(i % KINDS.size()).job()));
        }
        for (int i = count - running.size(); i < count; i++) {
            require(running.remove(), KINDS.get(i % KINDS.size()).outcome());
        }
    }

    private static void require(RunningJob job, Outcome wanted) {
        var verdict = job.verdict().toCompletableFuture().join();
        if (verdict.outcome() != wanted) {
            throw new BenchException(
                    BenchError.JOB,
                    "A job ended as " + verdict.outcome() + " " + verdict.note() + ", not " + wanted + ".");
        }
    }
}
