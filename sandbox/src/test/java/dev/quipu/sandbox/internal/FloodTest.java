package dev.quipu.sandbox.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quipu.sandbox.Job;
import dev.quipu.sandbox.Limits;
import dev.quipu.sandbox.Mode;
import dev.quipu.sandbox.Outcome;
import dev.quipu.sandbox.PythonSandbox;
import dev.quipu.sandbox.RunningJob;
import dev.quipu.sandbox.SandboxOptions;
import dev.quipu.sandbox.Snippets;
import dev.quipu.sandbox.TestBackends;
import dev.quipu.sandbox.Verdict;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Jobs that turn against those who listen to them: each as a script, beside its tests, and apart from its tests. */
class FloodTest {
    private static final String TESTS = "from solution import add\ndef test_add(): assert add(2, 3) == 5\n";
    private static final Limits SHORT =
            Limits.DEFAULT.withWall(Duration.ofSeconds(1)).withPerTest(Duration.ofMillis(500));

    @Test
    void noFloodReachesTheSupervisorOrANeighbour() throws Exception {
        assertWithstood("warm");
    }

    @Tag("long")
    @ParameterizedTest
    @ValueSource(strings = {"bubblewrap", "landlock"})
    void noFloodReachesTheSupervisorOfOtherBackends(String backend) throws Exception {
        assertWithstood(backend);
    }

    private static void assertWithstood(String backend) throws Exception {
        TestBackends.require(backend);
        List<String> broken = new ArrayList<>();
        long supervisor;
        try (SupervisedSandbox sandbox = (SupervisedSandbox) PythonSandbox.open(SandboxOptions.builder()
                .backend(backend)
                .parallel(4)
                .queueLimit(1000)
                .build())) {
            supervisor = sandbox.process().pid();
            Map<String, RunningJob> jobs = new LinkedHashMap<>();
            Map<String, RunningJob> neighbours = new LinkedHashMap<>();
            for (Snippets flood : Snippets.of("floods.txt")) {
                jobs.put(flood.name() + " / script", sandbox.submit(script(flood.code())));
                neighbours.put(flood.name(), sandbox.submit(script("print('whole')")));
                for (Mode mode : List.of(Mode.TESTS_IN_PROCESS, Mode.TESTS_SPLIT)) {
                    Job job = Job.tests(flood.code(), TESTS)
                            .mode(mode)
                            .limits(SHORT)
                            .build();
                    jobs.put(flood.name() + " / " + mode, sandbox.submit(job));
                }
            }
            for (Map.Entry<String, RunningJob> job : jobs.entrySet()) {
                Verdict verdict = await(job.getValue());
                if (verdict.outcome() == Outcome.SANDBOX_ERROR || verdict.outcome() == Outcome.PASSED) {
                    broken.add(job.getKey() + ": " + verdict.outcome() + " " + verdict.note());
                }
            }
            for (Map.Entry<String, RunningJob> neighbour : neighbours.entrySet()) {
                Verdict verdict = await(neighbour.getValue());
                if (!verdict.stdout().equals("whole\n")) {
                    broken.add("beside " + neighbour.getKey() + ": " + verdict);
                }
            }
            if (sandbox.process().pid() != supervisor) {
                broken.add("the supervisor was lost");
            }
        }

        assertThat(broken).isEmpty();
        assertThat(foldersLeft(supervisor)).isEmpty();
    }

    private static Job script(String code) {
        return Job.script(code).limits(SHORT).build();
    }

    private static Verdict await(RunningJob job) throws Exception {
        return job.verdict().toCompletableFuture().get(2, TimeUnit.MINUTES);
    }

    private static List<Path> foldersLeft(long supervisor) throws Exception {
        try (Stream<Path> folders = Files.list(Path.of("/tmp"))) {
            return folders.filter(folder -> folder.getFileName().toString().startsWith("quipu-sandbox-" + supervisor))
                    .toList();
        }
    }
}
