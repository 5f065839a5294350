package dev.quipu.server.eval;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** Problems in HumanEval's format, plain or gzipped. */
public record CodeProblems(List<Problem> problems) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * A problem.
     *
     * @param prompt the stub, all that a solver may see
     * @param test defines {@code check(candidate)}; judges the final answer only
     * @param solution the right body that the problem comes with; empty if it comes with none
     */
    public record Problem(String id, String prompt, String entryPoint, String test, String solution) {}

    public CodeProblems {
        problems = List.copyOf(problems);
    }

    /** Every n-th problem, the first among them: a subset that anybody can take again. */
    public CodeProblems every(int n) {
        return new CodeProblems(IntStream.range(0, problems.size())
                .filter(i -> i % n == 0)
                .mapToObj(problems::get)
                .toList());
    }

    /** @throws EvalException that names the line, if the file is wrong */
    public static CodeProblems read(Path file, int limit) {
        List<Problem> problems = new ArrayList<>();
        int number = 0;
        try (InputStream raw = Files.newInputStream(file);
                InputStream plain = file.toString().endsWith(".gz") ? new GZIPInputStream(raw) : raw;
                BufferedReader lines = new BufferedReader(new InputStreamReader(plain, StandardCharsets.UTF_8))) {
            for (@Nullable String line = lines.readLine();
                    line != null && problems.size() < limit;
                    line = lines.readLine()) {
                number++;
                if (!line.isBlank()) {
                    problems.add(parse(JSON.readTree(line)));
                }
            }
        } catch (com.fasterxml.jackson.core.JsonProcessingException | IllegalArgumentException e) {
            throw new EvalException(
                    EvalError.PROBLEMS, file + ":" + number + " is no problem: " + e.getMessage() + ".", e);
        } catch (IOException e) {
            throw new EvalException(EvalError.IO, file + " cannot be read: " + e.getMessage() + ".", e);
        }
        return new CodeProblems(problems);
    }

    private static Problem parse(JsonNode node) {
        for (String field : List.of("task_id", "prompt", "entry_point", "test")) {
            if (!node.path(field).isTextual()) {
                throw new IllegalArgumentException("it needs the text '" + field + "'");
            }
        }
        return new Problem(
                node.get("task_id").asText(),
                node.get("prompt").asText(),
                node.get("entry_point").asText(),
                node.get("test").asText(),
                node.path("canonical_solution").asText(""));
    }
}
