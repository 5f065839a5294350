package dev.quipu.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is refused before anything runs, and how. */
class RefusalTest {
    private static final Job ENDLESS = Job.script("while True: pass").build();

    @TempDir
    private Path folder;

    @Test
    void namesTheInterpreterThatIsNotThere() {
        SandboxException refused = openedWith(folder.resolve("python3"));

        assertThat(refused.code()).isEqualTo(SandboxError.UNAVAILABLE);
        assertThat(refused.detail()).contains("python3").contains("Install CPython 3.9");
    }

    @ParameterizedTest
    @CsvSource({"cpython, 3.8.19, is version 3.8.19", "cpython, 2.7.18, is version 2.7.18", "pypy, 3.10.14, is pypy"})
    void namesTheInterpreterThatIsOfNoUse(String kind, String version, String reason) throws IOException {
        SandboxException refused = openedWith(program("printf '" + kind + "\\n" + version + "\\n'"));

        assertThat(refused.code()).isEqualTo(SandboxError.UNAVAILABLE);
        assertThat(refused.detail()).contains(reason);
    }

    @Test
    void namesTheInterpreterThatDoesNotRun() throws IOException {
        SandboxException refused = openedWith(program("exit 3"));

        assertThat(refused.code()).isEqualTo(SandboxError.UNAVAILABLE);
        assertThat(refused.detail()).contains("does not run");
    }

    @Test
    void namesTheBackendsThereAreForOneThatIsUnknown() {
        assertThatThrownBy(() -> PythonSandbox.open(
                        SandboxOptions.builder().backend("cardboard").build()))
                .isInstanceOfSatisfying(
                        SandboxException.class, e -> assertThat(e.code()).isEqualTo(SandboxError.OPTION))
                .hasMessageContaining("warm");
    }

    @Test
    void saysThatItIsBusyAndWhenToComeAgain() {
        try (PythonSandbox sandbox = PythonSandbox.open(
                SandboxOptions.builder().parallel(1).queueLimit(8).build())) {
            List<RunningJob> jobs = java.util.stream.Stream.generate(() -> sandbox.submit(ENDLESS))
                    .limit(9)
                    .toList();

            SandboxBusyException busy = catchThrowableOfType(SandboxBusyException.class, () -> sandbox.submit(ENDLESS));

            assertThat(busy.code()).isEqualTo(SandboxError.BUSY);
            assertThat(busy.detail()).contains("8 jobs wait").contains("quipu.sandbox.queue-limit");
            jobs.reversed().forEach(RunningJob::cancel);
            assertThat(jobs)
                    .allMatch(job -> job.verdict().toCompletableFuture().join().outcome() == Outcome.CANCELLED);
        }
    }

    @Test
    void refusesTextThatNoFileCouldHold() {
        assertThatThrownBy(() -> Job.script("x = '\ud800'").build())
                .isInstanceOfSatisfying(
                        SandboxException.class, e -> assertThat(e.code()).isEqualTo(SandboxError.JOB))
                .hasMessageContaining("surrogate");
    }

    private static SandboxException openedWith(Path python) {
        return catchThrowableOfType(
                SandboxException.class,
                () -> PythonSandbox.open(SandboxOptions.builder().python(python).build()));
    }

    private Path program(String body) throws IOException {
        Path file = Files.writeString(folder.resolve("python3"), "#!/bin/sh\n" + body + "\n");
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }
}
