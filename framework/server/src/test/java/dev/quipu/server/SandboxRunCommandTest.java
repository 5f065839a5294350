package dev.quipu.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Exit codes and messages of {@code quipu sandbox run}. */
class SandboxRunCommandTest {
    @TempDir
    private Path folder;

    private final StringWriter err = new StringWriter();

    @Test
    void endsWellIfEveryFileDoes() throws Exception {
        Path good = Files.writeString(folder.resolve("good.py"), "print('fine')\n");
        Path bad = Files.writeString(folder.resolve("bad.py"), "raise ValueError('no')\n");

        assertThat(run(good.toString())).isZero();
        assertThat(run(good.toString(), bad.toString())).isEqualTo(1);
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void judgesASolutionByItsTests() throws Exception {
        Path code = Files.writeString(folder.resolve("add.py"), "def add(a, b): return a + b\n");
        Path right = Files.writeString(folder.resolve("right.py"), "def test_add(): assert add(1, 2) == 3\n");
        Path wrong = Files.writeString(folder.resolve("wrong.py"), "def test_add(): assert add(1, 2) == 4\n");

        assertThat(run(code.toString(), "--tests", right.toString(), "--json")).isZero();
        assertThat(run(code.toString(), "--tests", wrong.toString())).isEqualTo(1);
    }

    @Test
    void namesTheFileThatIsMissingOrNotUtf8() throws Exception {
        Path latin = Files.write(folder.resolve("latin.py"), new byte[] {'x', ' ', '=', ' ', '\'', (byte) 0xE9, '\''});

        assertThat(run(folder.resolve("none.py").toString())).isEqualTo(1);
        assertThat(run(latin.toString())).isNotZero();
        assertThat(err.toString()).contains("none.py cannot be read").contains("latin.py is not UTF-8");
    }

    @Test
    void namesTheModesThereAre() {
        assertThat(run("x.py", "--mode", "half")).isEqualTo(2);
        assertThat(err.toString()).contains("split or in-process");
    }

    private int run(String... arguments) {
        CommandLine line = Main.commandLine();
        line.setErr(new PrintWriter(err, true));
        String[] all = new String[arguments.length + 2];
        all[0] = "sandbox";
        all[1] = "run";
        System.arraycopy(arguments, 0, all, 2, arguments.length);
        return line.execute(all);
    }
}
