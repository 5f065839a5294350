package dev.quipu.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Packages that an operator allows. */
class PackagesTest {
    private static final String CODE = """
            import greetings
            print(greetings.HELLO)
            try: open(greetings.__file__, 'w')
            except OSError: print('read-only')
            """;

    @Test
    void codeImportsWhatTheOperatorNamesAndCannotChangeIt() throws IOException {
        Path folder = Files.createDirectories(Path.of("target", "packages").toAbsolutePath());
        Files.writeString(folder.resolve("greetings.py"), "HELLO = 'hello'\n");
        try (PythonSandbox sandbox =
                PythonSandbox.open(SandboxOptions.builder().packages(folder).build())) {

            Verdict verdict = sandbox.run(Job.script(CODE).build());

            assertThat(verdict.stdout()).as("%s", verdict).isEqualTo("hello\nread-only\n");
            assertThat(sandbox.info().packages()).contains("greetings");
        }
    }

    @Test
    void refusesAFolderThatJailsCannotSee(@TempDir Path below) {
        SandboxOptions options = SandboxOptions.builder()
                .packages(Path.of("/tmp").resolve(below.getFileName()))
                .build();

        assertThatThrownBy(() -> PythonSandbox.open(options))
                .isInstanceOfSatisfying(
                        SandboxException.class, e -> assertThat(e.code()).isEqualTo(SandboxError.OPTION))
                .hasMessageContaining("quipu.sandbox.packages");
    }
}
