package dev.quipu.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
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
        // Not below /tmp, where this clone may lie.
        Path folder = Files.createTempDirectory(Path.of("/var/tmp"), "quipu-packages");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path greetings = Files.writeString(folder.resolve("greetings.py"), "HELLO = 'hello'\n");
        try (PythonSandbox sandbox =
                PythonSandbox.open(SandboxOptions.builder().packages(folder).build())) {

            Verdict verdict = sandbox.run(Job.script(CODE).build());

            assertThat(verdict.stdout()).as("%s", verdict).isEqualTo("hello\nread-only\n");
            assertThat(sandbox.info().packages()).contains("greetings");
        } finally {
            Files.delete(greetings);
            Files.delete(folder);
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
