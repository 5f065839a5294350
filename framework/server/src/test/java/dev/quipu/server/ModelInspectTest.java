package dev.quipu.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.quipu.llama.catalog.ModelStore;
import dev.quipu.llama.catalog.PullListener;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ModelInspectTest {
    private static final String MODEL = "smollm2-135m";

    @TempDir
    Path folder;

    @BeforeAll
    static void pullModel() {
        ModelStore.standard().pull(MODEL, PullListener.NONE);
    }

    @Test
    void showsWhatAModelSaysOfItself() {
        Run run = run("model", "inspect", MODEL);

        assertThat(run.status).isZero();
        assertThat(run.out.lines())
                .contains(
                        "architecture   llama",
                        "parameters     134,515,008",
                        "quantization   Q4_1 (Q4_1 78.9 %, Q8_0 21.0 %, F32 0.0 %)",
                        "context        8192 tokens",
                        "vocabulary     49152 tokens, tokeniser gpt2",
                        "chat template  yes",
                        "licence        apache-2.0",
                        "size           98,362,432 bytes, GGUF 3",
                        "loads          yes")
                .noneMatch(line -> line.startsWith("sha256"));
    }

    @Test
    void printsOneJsonObjectOnTheLastLine() {
        Run run = run("model", "inspect", ModelStore.standard().path(MODEL).toString(), "--json", "--sha256");

        JsonNode json = Json.object(run.out.lines().toList().getLast());
        assertThat(json.get("architecture").asText()).isEqualTo("llama");
        assertThat(json.get("parameters").asLong()).isEqualTo(134_515_008);
        assertThat(json.get("types").get("Q8_0").asLong()).isEqualTo(28_311_552);
        assertThat(json.get("loads").asBoolean()).isTrue();
        assertThat(json.get("sha256").asText())
                .isEqualTo(ModelStore.standard().catalog().model(MODEL).sha256());
    }

    @Test
    void failsWithTheCodeOfAFileThatIsNoModel() throws IOException {
        Path page = Files.writeString(folder.resolve("page.gguf"), "<html>no such file</html>");

        Run run = run("model", "inspect", page.toString(), "--json");

        assertThat(run.status).isEqualTo(1);
        assertThat(run.err).startsWith("QP-GGUF-002 ");
        assertThat(run.out).isEmpty();
    }

    @Test
    void failsWithTheNearestNameOfAModelThatNobodyKnows() {
        Run run = run("model", "inspect", "smollm2-136m");

        assertThat(run.status).isEqualTo(1);
        assertThat(run.err).startsWith("QP-ENGINE-013 ").contains("'smollm2-135m'");
    }

    @Test
    void failsForAFileThatIsNotThere() {
        Run run = run("model", "inspect", folder.resolve("none.gguf").toString());

        assertThat(run.status).isEqualTo(1);
        assertThat(run.err).startsWith("QP-SERVER-008 ");
    }

    private record Run(int status, String out, String err) {}

    private static Run run(String... arguments) {
        PrintStream before = System.out;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        StringWriter err = new StringWriter();
        CommandLine line = Main.commandLine().setErr(new PrintWriter(err, true));
        try (PrintStream capture = new PrintStream(out, true, StandardCharsets.UTF_8)) {
            System.setOut(capture);
            int status = line.execute(arguments);
            return new Run(status, out.toString(StandardCharsets.UTF_8), err.toString());
        } finally {
            System.setOut(before);
        }
    }
}
