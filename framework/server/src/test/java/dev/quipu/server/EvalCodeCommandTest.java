package dev.quipu.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** With a real model and a real sandbox; the model is too small to solve much, which is not what is tested. */
class EvalCodeCommandTest {
    private static final String PROBLEM = """
            {"task_id":"T/0","prompt":"def add(a, b):\\n    \\"\\"\\"Sum.\\n    >>> add(1, 2)\\n    3\\n    \\"\\"\\"\\n","entry_point":"add","test":"def check(candidate):\\n    assert candidate(2, 3) == 5\\n"}
            """;

    @TempDir
    private Path folder;

    private final StringWriter err = new StringWriter();

    @Test
    void answersProblemsOnceAndGoesOnWhereItStopped() throws Exception {
        Path problems = folder.resolve("p.jsonl.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(problems))) {
            out.write(PROBLEM.getBytes(StandardCharsets.UTF_8));
        }
        Path answers = folder.resolve("o.jsonl");

        int first = run(problems, answers);
        List<String> lines = Files.readAllLines(answers);
        Files.writeString(answers, String.join("\n", lines) + "\n{\"task_id\":\"T/1\",\"pas");
        int second = run(problems, answers);

        assertThat(err.toString()).isEmpty();
        assertThat(first).isZero();
        assertThat(second).isZero();
        assertThat(Files.readAllLines(answers)).isEqualTo(lines);
        JsonNode answer = Web.parse(lines.getFirst());
        assertThat(answer.path("task_id").asText()).isEqualTo("T/0");
        assertThat(answer.path("passed").isBoolean()).isTrue();
        assertThat(answer.path("output_tokens").asInt()).isPositive();
    }

    @Test
    void namesTheLineThatIsNoProblem() throws Exception {
        Path problems = folder.resolve("p.jsonl");
        Files.writeString(problems, PROBLEM + "{\"task_id\":\"T/1\"}\n");

        int code = run(problems, folder.resolve("o.jsonl"));

        assertThat(code).isEqualTo(1);
        assertThat(err.toString())
                .startsWith("QP-EVAL-004")
                .contains("p.jsonl:2")
                .contains("'prompt'");
    }

    @Test
    void checksThatTheJudgeTellsSolutionsFromStubs() throws Exception {
        Path right = Files.writeString(
                folder.resolve("right.jsonl"),
                PROBLEM.replace("\"test\"", "\"canonical_solution\":\"    return a + b\\n\",\"test\""));
        Path wrong = Files.writeString(
                folder.resolve("wrong.jsonl"),
                PROBLEM.replace("\"test\"", "\"canonical_solution\":\"    return a - b\\n\",\"test\""));

        assertThat(line().execute("eval", "code", "--check", "--problems", right.toString()))
                .isZero();
        assertThat(line().execute("eval", "code", "--check", "--problems", wrong.toString()))
                .isEqualTo(1);
    }

    private CommandLine line() {
        CommandLine line = Main.commandLine();
        line.setErr(new PrintWriter(err, true));
        return line;
    }

    private int run(Path problems, Path answers) {
        CommandLine line = Main.commandLine();
        line.setOut(new PrintWriter(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8));
        line.setErr(new PrintWriter(err, true));
        return line.execute(
                "eval",
                "code",
                "--problems",
                problems.toString(),
                "--out",
                answers.toString(),
                "--model",
                "smollm2-135m",
                "--arm",
                "single");
    }
}
