package dev.quipu.sandbox.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quipu.sandbox.Job;
import dev.quipu.sandbox.Limits;
import dev.quipu.sandbox.Outcome;
import dev.quipu.sandbox.PythonSandbox;
import dev.quipu.sandbox.RunningJob;
import dev.quipu.sandbox.SandboxOptions;
import dev.quipu.sandbox.TestBackends;
import dev.quipu.sandbox.Verdict;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is left, and what is lost, when a process of the sandbox is killed. */
class LossTest {
    private static final int PATIENCE_SECONDS = 60;
    private static final String MARK = "processes: ";
    private static final Job SLOW =
            Job.script("import time\ntime.sleep(0.7)\nprint('whole')").build();
    private static final Job ENDLESS = Job.script("import time\nwhile True: time.sleep(1)")
            .limits(Limits.DEFAULT.withWall(Duration.ofMinutes(2)))
            .build();

    @ParameterizedTest
    @ValueSource(strings = {"warm", "bubblewrap", "landlock"})
    void losesNoJobWhenTheFirstProcessIsKilled(String backend) throws Exception {
        try (SupervisedSandbox sandbox = open(backend)) {
            RunningJob job = sandbox.submit(SLOW);

            sandbox.process().destroyForcibly();

            assertThat(await(job).stdout()).isEqualTo("whole\n");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"warm", "bubblewrap", "landlock"})
    void losesNoJobWhenTheProcessThatKnowsJobsIsKilled(String backend) throws Exception {
        try (SupervisedSandbox sandbox = open(backend)) {
            RunningJob job = sandbox.submit(SLOW);

            supervisor(sandbox.process(), backend).destroyForcibly();

            assertThat(await(job).stdout()).isEqualTo("whole\n");
        }
    }

    @Test
    void losesNoJobWhenTheNurseryIsKilled() throws Exception {
        try (SupervisedSandbox sandbox = open("warm")) {
            RunningJob job = sandbox.submit(SLOW);

            sandbox.process().children().findFirst().orElseThrow().destroyForcibly();

            assertThat(await(job).stdout()).isEqualTo("whole\n");
        }
    }

    @Test
    void tellsThatAJobLostEverySupervisorItHad() throws Exception {
        try (SupervisedSandbox sandbox = open("warm")) {
            CompletableFuture<Verdict> verdict =
                    sandbox.submit(ENDLESS).verdict().toCompletableFuture();

            while (!verdict.isDone()) {
                sandbox.supervisor().ifPresent(ProcessHandle::destroyForcibly);
                Thread.onSpinWait();
            }

            assertThat(verdict.join().outcome()).isEqualTo(Outcome.SANDBOX_ERROR);
            assertThat(verdict.join().note()).contains("ended twice");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"warm", "bubblewrap", "landlock"})
    void leavesNoProcessWhenItsOwnIsKilled(String backend) throws Exception {
        TestBackends.require(backend);
        Process owner = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Owner.class.getName(),
                        backend)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        List<ProcessHandle> below = below(owner);

        owner.destroyForcibly();

        assertThat(below).hasSizeGreaterThan(3);
        for (ProcessHandle process : below) {
            process.onExit().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }
    }

    private static List<ProcessHandle> below(Process owner) throws Exception {
        try (BufferedReader said =
                new BufferedReader(new InputStreamReader(owner.getInputStream(), StandardCharsets.UTF_8))) {
            String line = said.lines()
                    .filter(each -> each.startsWith(MARK))
                    .findFirst()
                    .orElse(MARK);
            return Arrays.stream(line.substring(MARK.length()).split(" "))
                    .map(Long::parseLong)
                    .flatMap(pid -> ProcessHandle.of(pid).stream())
                    .toList();
        }
    }

    /** A program with a sandbox in which jobs run; it prints the numbers of all processes below it, and waits. */
    static final class Owner {
        private Owner() {}

        public static void main(String[] arguments) {
            try (SupervisedSandbox sandbox = open(arguments[0])) {
                List<RunningJob> jobs =
                        Stream.generate(() -> sandbox.submit(ENDLESS)).limit(2).toList();
                sandbox.run(SLOW);
                System.out.println(MARK
                        + String.join(
                                " ",
                                ProcessHandle.current()
                                        .descendants()
                                        .map(process -> String.valueOf(process.pid()))
                                        .toList()));
                jobs.forEach(job -> job.verdict().toCompletableFuture().join());
            }
        }
    }

    private static SupervisedSandbox open(String backend) {
        TestBackends.require(backend);
        return (SupervisedSandbox) PythonSandbox.open(
                SandboxOptions.builder().backend(backend).parallel(3).build());
    }

    /** It was forked before any jail. In namespaces one more process stands above. */
    private static ProcessHandle supervisor(ProcessHandle first, String backend) {
        ProcessHandle nursery =
                backend.equals("warm") ? first.children().findFirst().orElseThrow() : first;
        return nursery.children()
                .min(Comparator.comparingLong(ProcessHandle::pid))
                .orElseThrow();
    }

    private static Verdict await(RunningJob job) throws Exception {
        return job.verdict().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
}
