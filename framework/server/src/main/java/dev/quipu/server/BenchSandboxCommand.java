package dev.quipu.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quipu.sandbox.Job;
import dev.quipu.sandbox.Mode;
import dev.quipu.sandbox.Outcome;
import dev.quipu.sandbox.PythonSandbox;
import dev.quipu.sandbox.RunningJob;
import dev.quipu.sandbox.SandboxException;
import dev.quipu.sandbox.SandboxOptions;
import dev.quipu.server.bench.SandboxEndurance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Jails against a bare interpreter, in rounds: each round runs every kind once, so that load falls on all alike. */
@Command(
        name = "sandbox",
        mixinStandardHelpOptions = true,
        description = "Jails against a bare 'python3 -I -S', which has none of their walls.")
final class BenchSandboxCommand implements Callable<Integer> {
    private static final int WARM_UP = 100;
    private static final String CODE = "def add(a, b): return a + b\n";
    private static final String TESTS = """
            import unittest
            class TestAdd(unittest.TestCase):
                def test_one(self): self.assertEqual(add(1, 2), 3)
                def test_two(self): self.assertEqual(add(-1, 2), 1)
                def test_three(self): self.assertEqual(add(0, 0), 0)
                def test_four(self): self.assertEqual(add('a', 'b'), 'ab')
                def test_five(self):
                    with self.assertRaises(TypeError): add(1, 'a')
            """;

    @Option(names = "--quick", description = "Fewer rounds.")
    private boolean quick;

    /** So that no run pays for replacing the jails that the one before used up. */
    @Option(
            names = "--pause",
            paramLabel = "MS",
            defaultValue = "50",
            description = "Milliseconds without a job before each run (default: ${DEFAULT-VALUE}).")
    private int pause;

    @Option(names = "--json", description = "One JSON object.")
    private boolean json;

    @Option(
            names = "--jobs",
            paramLabel = "N",
            description = "Instead: run so many jobs, and tell what was there before and after.")
    private int jobs;

    private final Map<String, List<Long>> times = new LinkedHashMap<>();

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (jobs > 0) {
            endure();
            return 0;
        }
        int rounds = quick ? 20 : 100;
        Path folder = Files.createTempDirectory("quipu-bench");
        Path print = Files.writeString(folder.resolve("print.py"), "print(1)\n");
        Path unit = Files.writeString(folder.resolve("unit.py"), CODE + TESTS + "unittest.main()\n");
        ObjectNode metrics = Json.create();
        try (PythonSandbox warm = open("warm")) {
            Optional<PythonSandbox> bubblewrap = bubblewrap();
            String python = warm.info().interpreter().toString();
            warmUp(warm);
            for (int round = -3; round < rounds; round++) {
                boolean counts = round >= 0;
                time("bare print", counts, () -> bare(python, print));
                time("warm print", counts, () -> run(warm, Job.script("print(1)\n")));
                time("bare unittest", counts, () -> bare(python, unit));
                time("warm in-process", counts, () -> run(warm, tests(Mode.TESTS_IN_PROCESS)));
                time("warm split", counts, () -> run(warm, tests(Mode.TESTS_SPLIT)));
                if (bubblewrap.isPresent()) {
                    PythonSandbox other = bubblewrap.get();
                    time("bubblewrap in-process", counts, () -> run(other, tests(Mode.TESTS_IN_PROCESS)));
                }
            }
            ratio(metrics, "sandbox.unittest.in_process_ratio", "warm in-process", "bare unittest");
            ratio(metrics, "sandbox.unittest.split_ratio", "warm split", "bare unittest");
            ratio(metrics, "sandbox.unittest.bubblewrap_ratio", "bubblewrap in-process", "bare unittest");
            ratio(metrics, "sandbox.print_ratio", "warm print", "bare print");
            metrics.put("sandbox.jobs_per_second", throughput(warm, rounds * 2));
            bubblewrap.ifPresent(PythonSandbox::close);
        } finally {
            Files.delete(print);
            Files.delete(unit);
            Files.delete(folder);
        }
        show(metrics);
        return 0;
    }

    private void endure() {
        ObjectNode metrics = Json.create();
        try (PythonSandbox sandbox = open("warm")) {
            new SandboxEndurance(sandbox, jobs).measure().forEach(metrics::put);
        }
        show(metrics);
    }

    /** A sandbox is opened once and used for long, so the JVM should have compiled what it takes to use it. */
    private static void warmUp(PythonSandbox sandbox) {
        for (int i = 0; i < WARM_UP; i++) {
            run(sandbox, Job.script("print(1)\n"));
            run(sandbox, tests(Mode.TESTS_IN_PROCESS));
            run(sandbox, tests(Mode.TESTS_SPLIT));
        }
    }

    /** One kind of run. */
    private interface Run {
        void once() throws IOException, InterruptedException;
    }

    private static PythonSandbox open(String backend) {
        return PythonSandbox.open(
                SandboxOptions.builder().backend(backend).parallel(2).build());
    }

    private Optional<PythonSandbox> bubblewrap() {
        try {
            return Optional.of(open("bubblewrap"));
        } catch (SandboxException e) {
            System.err.println("bubblewrap is left out: " + e.getMessage());
            return Optional.empty();
        }
    }

    private void time(String kind, boolean counts, Run run) throws IOException, InterruptedException {
        LockSupport.parkNanos(pause * 1_000_000L);
        long start = System.nanoTime();
        run.once();
        if (counts) {
            times.computeIfAbsent(kind, k -> new ArrayList<>()).add(System.nanoTime() - start);
        }
    }

    private static void bare(String python, Path file) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(python, "-I", "-S", file.toString())
                .redirectErrorStream(true)
                .start();
        process.getInputStream().readAllBytes();
        if (process.waitFor() != 0) {
            throw new ServerException(ServerError.IO, python + " does not run " + file + ".");
        }
    }

    private static Job.Builder tests(Mode mode) {
        return Job.tests(CODE, "from solution import add\n" + TESTS).mode(mode);
    }

    private static void run(PythonSandbox sandbox, Job.Builder job) {
        Outcome outcome = sandbox.run(job.build()).outcome();
        if (!outcome.success()) {
            throw new ServerException(ServerError.IO, "A job of the benchmark ended as " + outcome + ".");
        }
    }

    /** Split unit tests, two at a time. */
    private static double throughput(PythonSandbox sandbox, int jobs) {
        long start = System.nanoTime();
        List<RunningJob> running = new ArrayList<>();
        for (int i = 0; i < jobs; i++) {
            running.add(sandbox.submit(tests(Mode.TESTS_SPLIT).build()));
        }
        running.forEach(job -> job.verdict().toCompletableFuture().join());
        return jobs / ((System.nanoTime() - start) / 1e9);
    }

    private void ratio(ObjectNode metrics, String name, String ours, String peer) {
        if (times.containsKey(ours)) {
            metrics.put(name, (double) median(ours) / median(peer));
        }
    }

    private long median(String kind) {
        long[] sorted = times.getOrDefault(kind, List.of()).stream()
                .mapToLong(Long::longValue)
                .toArray();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private void show(ObjectNode metrics) {
        if (json) {
            System.out.println(Json.create().set("metrics", metrics));
            return;
        }
        times.keySet().forEach(kind -> System.out.printf("%-24s %8.1f ms%n", kind, median(kind) / 1e6));
        metrics.properties()
                .forEach(m -> System.out.printf(
                        "%-36s %8.2f%n", m.getKey(), m.getValue().asDouble()));
    }
}
