package dev.quipu.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The commands {@code eval text} and {@code eval class}. */
class EvalAnswersTest {
    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        CommandLine line = Main.commandLine();
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        return line.execute(arguments);
    }

    private String file(String name, String... lines) throws IOException {
        return Files.write(folder.resolve(name), java.util.List.of(lines)).toString();
    }

    @Test
    void scoresTextsAgainstReferencesOfAnotherFile() throws IOException {
        String answers = file(
                "a.jsonl", "{\"id\":\"1\",\"answer\":\"It ships on Friday.\"}", "{\"id\":\"2\",\"answer\":\"No.\"}");
        String references = file(
                "r.jsonl",
                "{\"id\":\"2\",\"references\":[\"Yes.\",\"no\"]}",
                "{\"id\":\"1\",\"reference\":\"It ships on Monday.\"}");

        int code = run("eval", "text", "--answers", answers, "--references", references, "--json");

        assertThat(err.toString()).isEmpty();
        assertThat(code).isZero();
        JsonNode metrics = Web.parse(out.toString().strip()).path("metrics");
        assertThat(metrics.path("eval.text.exact").asDouble()).isEqualTo(0.5);
        assertThat(metrics.path("eval.text.f1").asDouble()).isEqualTo((0.75 + 1) / 2, within(1e-9));
        assertThat(metrics.path("eval.text.chrf++").asDouble()).isPositive();
    }

    @Test
    void cutsChineseByCharactersWithoutBeingTold() throws IOException {
        String answers = file("a.jsonl", "{\"answer\":\"明天可以送到。\",\"reference\":\"后天可以送到。\"}");

        run("eval", "text", "--answers", answers);

        assertThat(out.toString()).containsPattern("rouge1 +0\\.8333");
    }

    @Test
    void comparesTwoRunsOfClasses() throws IOException {
        String[] better = new String[60];
        String[] worse = new String[60];
        for (int i = 0; i < 60; i++) {
            String label = i % 2 == 0 ? "return" : "order";
            String line = "{\"id\":" + i + ",\"label\":\"" + label + "\",\"answer\":\"%s\"}";
            better[i] = line.formatted(label);
            worse[59 - i] = line.formatted("order");
        }
        String answers = file("a.jsonl", better);
        String baseline = file("b.jsonl", worse);

        int code = run("eval", "class", "--answers", answers, "--baseline", baseline, "--json");

        assertThat(code).isZero();
        JsonNode told = Web.parse(out.toString().strip());
        assertThat(told.path("metrics").path("eval.class.accuracy").asDouble()).isEqualTo(1);
        assertThat(told.path("metrics").path("eval.class.accuracy.difference").asDouble())
                .isEqualTo(0.5);
        assertThat(told.path("metrics").path("eval.class.macro_f1.p").asDouble())
                .isLessThan(0.01);
        assertThat(told.at("/confusion/counts").toString()).isEqualTo("[[30,0],[0,30]]");
    }

    @Test
    void namesTheAnswerWithoutAReference() throws IOException {
        String answers =
                file("a.jsonl", "{\"id\":\"1\",\"answer\":\"a\",\"gold\":\"a\"}", "{\"id\":\"2\",\"answer\":\"a\"}");

        int code = run("eval", "text", "--answers", answers);

        assertThat(code).isEqualTo(1);
        assertThat(err.toString()).startsWith("QP-EVAL-002").contains("'2' has no reference");
    }
}
