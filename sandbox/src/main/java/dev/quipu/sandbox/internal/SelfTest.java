package dev.quipu.sandbox.internal;

import dev.quipu.sandbox.Job;
import dev.quipu.sandbox.Limits;
import dev.quipu.sandbox.Outcome;
import dev.quipu.sandbox.PythonSandbox;
import dev.quipu.sandbox.RunningJob;
import dev.quipu.sandbox.SandboxError;
import dev.quipu.sandbox.SandboxException;
import dev.quipu.sandbox.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Tries to break out in eight ways. A sandbox from which one succeeds is not opened. */
final class SelfTest {
    private static final int PATIENCE_SECONDS = 60;
    private static final String CONTAINED = "contained";

    private final PythonSandbox sandbox;

    private SelfTest(PythonSandbox sandbox) {
        this.sandbox = sandbox;
    }

    /**
     * A way to break out.
     *
     * @param code what tries it; prints {@code contained} where it was refused, in its own words
     * @param outcomes how the job has to end
     */
    private record Probe(String name, String code, Set<Outcome> outcomes) {}

    private static final List<Probe> PROBES = List.of(
            new Probe("socket", "import socket; socket.socket()", Set.of(Outcome.FORBIDDEN_SYSCALL)),
            new Probe("exec", "import os; os.execv('/bin/true', ['true'])", Set.of(Outcome.FORBIDDEN_SYSCALL)),
            new Probe("loop", "while True: pass", Set.of(Outcome.TIMEOUT)),
            refused("fork", "os.fork()"),
            refused("read", "open('/etc/passwd').read()"),
            refused("write", "open('/quipu-probe', 'w')"),
            new Probe("memory", "try: bytearray(1 << 30)\nexcept MemoryError: print('contained')", Set.of(Outcome.OK)),
            new Probe(
                    "environment",
                    "import os\nif set(os.environ) <= {'PATH', 'HOME', 'TMPDIR', 'LANG'}: print('contained')",
                    Set.of(Outcome.OK)));

    private static Probe refused(String name, String attempt) {
        return new Probe(
                name, "import os\ntry: " + attempt + "\nexcept OSError: print('contained')", Set.of(Outcome.OK));
    }

    /**
     * Runs all probes.
     *
     * @return their names
     * @throws SandboxException with {@link SandboxError#UNAVAILABLE} if one was not contained
     */
    static List<String> prove(PythonSandbox sandbox) {
        return new SelfTest(sandbox).run();
    }

    private List<String> run() {
        Map<Probe, RunningJob> jobs = new LinkedHashMap<>();
        PROBES.forEach(probe -> jobs.put(probe, sandbox.submit(job(probe))));
        List<String> escaped = new ArrayList<>();
        jobs.forEach((probe, job) -> {
            Verdict verdict = await(job);
            boolean quiet = probe.outcomes().contains(Outcome.OK);
            if (!probe.outcomes().contains(verdict.outcome())
                    || (quiet && !verdict.stdout().strip().equals(CONTAINED))) {
                escaped.add(probe.name() + " (" + verdict.outcome() + " " + verdict.note() + ")");
            }
        });
        if (!escaped.isEmpty()) {
            throw new SandboxException(SandboxError.UNAVAILABLE, "The self-test was not contained: " + escaped + ".");
        }
        return PROBES.stream().map(Probe::name).toList();
    }

    private static Job job(Probe probe) {
        boolean endless = probe.outcomes().contains(Outcome.TIMEOUT);
        return Job.script(probe.code())
                .id("probe-" + probe.name())
                .limits(Limits.DEFAULT.withWall(endless ? Duration.ofMillis(200) : Duration.ofSeconds(30)))
                .build();
    }

    private static Verdict await(RunningJob job) {
        try {
            return job.verdict().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new SandboxException(SandboxError.UNAVAILABLE, "The self-test did not end.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SandboxException(SandboxError.INTERRUPTED, "The self-test was interrupted.", e);
        }
    }
}
