package dev.quipu.server.eval;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quipu.codegen.Attempt;
import dev.quipu.codegen.CodeReport;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Judged answers, a JSON line each; what is in the file already is not asked again. Thread-safe. */
public final class CodeResults implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;
    private final BufferedWriter out;
    private final Map<String, JsonNode> lines = new HashMap<>();

    private CodeResults(Path file, BufferedWriter out) {
        this.file = file;
        this.out = out;
    }

    /** Reads what is there, a last line that was cut off excepted, and goes on behind it. */
    public static CodeResults resume(Path file) {
        try {
            Map<String, JsonNode> done = new HashMap<>();
            if (Files.exists(file)) {
                for (String line : Files.readAllLines(file)) {
                    JsonNode one = parsed(line);
                    if (one.path("task_id").isTextual()) {
                        done.put(one.path("task_id").asText(), one);
                    }
                }
            }
            CodeResults results = new CodeResults(file, Files.newBufferedWriter(file));
            for (JsonNode one : done.values()) {
                results.write(one);
            }
            return results;
        } catch (IOException e) {
            throw failed(file, e);
        }
    }

    private static JsonNode parsed(String line) {
        try {
            return JSON.readTree(line);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            return JSON.createObjectNode();
        }
    }

    private static EvalException failed(Path file, IOException e) {
        return new EvalException(EvalError.IO, file + " cannot be written: " + e.getMessage() + ".", e);
    }

    public synchronized boolean has(String id) {
        return lines.containsKey(id);
    }

    public void add(String id, CodeReport report, boolean passed) {
        ObjectNode line = JSON.createObjectNode()
                .put("task_id", id)
                .put("passed", passed)
                .put("status", report.status().name().toLowerCase(Locale.ROOT))
                .put("completion", report.code())
                .put("chosen", report.chosen())
                .put("attempts", report.attempts().size());
        report.attempts().stream().map(Attempt::stage).forEach(line.putArray("stages")::addPOJO);
        line.put("prompt_tokens", report.promptTokens())
                .put("output_tokens", report.outputTokens())
                .put("seconds", report.seconds());
        write(JSON.valueToTree(line));
    }

    private synchronized void write(JsonNode line) {
        lines.put(line.path("task_id").asText(), line);
        try {
            out.write(line.toString());
            out.newLine();
            out.flush();
        } catch (IOException e) {
            throw failed(file, e);
        }
    }

    private synchronized double sum(String field) {
        return lines.values().stream()
                .mapToDouble(l -> l.path(field).isBoolean()
                        ? (l.path(field).asBoolean() ? 1 : 0)
                        : l.path(field).asDouble())
                .sum();
    }

    private double mean(String field) {
        return sum(field) / Math.max(1, lines.size());
    }

    /** What each arm came to, as a table in Markdown. */
    public static String table(Map<String, CodeResults> arms) {
        StringBuilder table = new StringBuilder("""
                | Arm | Problems | pass@1 | Drafts a problem | Tokens written | Tokens read | Seconds |
                |---|---|---|---|---|---|---|
                """);
        arms.forEach((arm, results) -> table.append(String.format(
                Locale.ROOT,
                "| `%s` | %d | %.1f %% | %.1f | %.0f | %.0f | %.1f |%n",
                arm,
                results.lines.size(),
                100 * results.mean("passed"),
                results.mean("attempts"),
                results.mean("output_tokens"),
                results.mean("prompt_tokens"),
                results.mean("seconds"))));
        return table.toString().stripTrailing();
    }

    /** The same as figures; names carry the arm where there are several. */
    public static String json(Map<String, CodeResults> arms) {
        ObjectNode metrics = JSON.createObjectNode();
        arms.forEach((arm, results) -> {
            String prefix = arms.size() == 1 ? "eval.code." : "eval.code." + arm + ".";
            metrics.put(prefix + "problems", results.lines.size())
                    .put(prefix + "pass_at_1", results.mean("passed"))
                    .put(prefix + "attempts", results.mean("attempts"))
                    .put(prefix + "tokens", results.mean("output_tokens"))
                    .put(prefix + "seconds", results.mean("seconds"));
        });
        return JSON.createObjectNode().<ObjectNode>set("metrics", metrics).toString();
    }

    @Override
    public void close() {
        try {
            out.close();
        } catch (IOException e) {
            throw failed(file, e);
        }
    }
}
