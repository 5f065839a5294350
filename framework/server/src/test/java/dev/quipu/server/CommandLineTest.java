package dev.quipu.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** The contract of all commands: exit codes, messages, and the JSON line. */
class CommandLineTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "dance",
                "demo --colour",
                "serve --port many",
                "serve --port 70000",
                "serve --host no.such.host.invalid",
                "serve --allow-origin app.example",
                "serve --allow-origin https://app.example,*",
                "serve --adapter",
                "eval",
                "eval qa",
                "model pull",
                "doctor --port",
                "train",
                "train lora --model smollm2-135m",
            })
    void answersWrongUsageWithTwo(String line) {
        int code = run(line.isEmpty() ? new String[0] : line.split(" "));

        assertThat(code).isEqualTo(2);
        assertThat(err.toString()).isNotBlank();
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void answersWrongUsageInJsonToThoseWhoAskForIt() {
        int code = run("demo", "--json");

        assertThat(code).isEqualTo(2);
        assertThat(Web.parse(out.toString().strip()).at("/error/code").asText()).isEqualTo("QP-SERVER-001");
    }

    @Test
    void suggestsTheCommandThatWasMeant() {
        run("serv");

        assertThat(err.toString()).contains("serve");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--help",
                "demo --help",
                "serve --help",
                "doctor --help",
                "model --help",
                "eval --help",
                "train lora --help"
            })
    void explainsEveryCommand(String line) {
        int code = run(line.split(" "));

        assertThat(code).isZero();
        assertThat(out.toString()).contains("Usage: quipu").doesNotContain("warm-up");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void answersAFailureWithOneAndItsCode(@TempDir Path empty) {
        int code = run("demo", "--suite", empty.toString(), "--ask", "Hi");

        assertThat(code).isEqualTo(1);
        assertThat(err.toString()).startsWith("QP-SERVER-002").contains("--suite");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void endsTheOutputOfAFailureWithOneJsonObject(@TempDir Path empty) {
        int code = run("demo", "--suite", empty.toString(), "--ask", "Hi", "--json");

        assertThat(code).isEqualTo(1);
        assertThat(Web.parse(out.toString().strip()).at("/error/code").asText()).isEqualTo("QP-SERVER-002");
    }

    @Test
    void refusesToServeBeyondLoopbackWithoutAToken() {
        int code = run("serve", "--host", "0.0.0.0");

        assertThat(code).isEqualTo(1);
        assertThat(err.toString()).startsWith("QP-SERVER-003").contains("--token");
    }

    @Test
    void takesOriginsAdaptersAndAFileOfTokens(@TempDir Path folder) {
        int code = run(
                "serve",
                "--allow-origin=https://a.example,https://b.example",
                "--allow-origin=http://c.example:8080",
                "--adapter=one=one.gguf",
                "--adapter=other=other.gguf",
                "--tokens=" + folder.resolve("none"));

        assertThat(code).isEqualTo(1);
        assertThat(err.toString()).startsWith("QP-SERVER-018").contains("none");
    }

    @Test
    void namesTheNearestModel() {
        int code = run("model", "pull", "smollm2-135");

        assertThat(code).isEqualTo(1);
        assertThat(err.toString()).startsWith("QP-ENGINE-013").contains("smollm2-135m");
    }

    private int run(String... arguments) {
        CommandLine line = Main.commandLine();
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        return line.execute(arguments);
    }
}
