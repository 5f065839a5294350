package dev.quipu.server;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quipu.sandbox.TestResult;
import dev.quipu.sandbox.Verdict;

/** A verdict for people and for programs. */
final class VerdictText {
    private static final double MILLION = 1e6;

    private VerdictText() {}

    static ObjectNode json(Verdict verdict) {
        ObjectNode told = Json.create()
                .put("job", verdict.jobId())
                .put("outcome", verdict.outcome().name())
                .put("integrity", verdict.integrity().name())
                .put("verified", verdict.verified())
                .put("expected", verdict.expected())
                .put("passed", verdict.passed())
                .put("note", verdict.note());
        ArrayNode tests = told.putArray("tests");
        for (TestResult test : verdict.tests()) {
            tests.addObject()
                    .put("id", test.id())
                    .put("status", test.status().name())
                    .put("ms", test.took().toNanos() / MILLION)
                    .put("message", test.message());
        }
        verdict.syntax().ifPresent(problem -> told.set("syntax", Json.tree(problem)));
        verdict.failure().ifPresent(failure -> told.set("failure", Json.tree(failure)));
        verdict.violation().ifPresent(violation -> told.put("violation", violation));
        verdict.exitCode().ifPresent(code -> told.put("exit_code", code));
        verdict.signal().ifPresent(signal -> told.put("signal", signal));
        verdict.coverage().ifPresent(coverage -> {
            told.put("coverage", coverage.ratio());
            told.set("missed_lines", Json.tree(coverage.missed()));
        });
        told.put("stdout", verdict.stdout())
                .put("stderr", verdict.stderr())
                .put("truncated", verdict.truncated())
                .put("wall_ms", verdict.resources().wall().toNanos() / MILLION)
                .put("cpu_ms", verdict.resources().cpu().toNanos() / MILLION)
                .put("peak_memory_bytes", verdict.resources().peakMemoryBytes())
                .put("backend", verdict.backend());
        return told;
    }

    static String plain(Verdict verdict) {
        StringBuilder text = new StringBuilder();
        text.append("%s: %s".formatted(verdict.jobId(), verdict.outcome()));
        if (verdict.expected() > 0) {
            text.append(" (%d of %d tests, %s)".formatted(verdict.passed(), verdict.expected(), verdict.integrity()));
        }
        line(text, verdict.note());
        verdict.violation().ifPresent(violation -> line(text, "forbidden: " + violation));
        verdict.syntax().ifPresent(s -> line(text, s.file() + ":" + s.line() + ": " + s.message()));
        verdict.failure().ifPresent(failure -> line(text, failure.trace()));
        verdict.unpassed().forEach(test -> line(text, test.status() + " " + test.id() + "\n" + test.message()));
        line(text, verdict.stdout());
        if (verdict.failure().isEmpty()) {
            line(text, verdict.stderr());
        }
        return text.toString();
    }

    private static void line(StringBuilder text, String more) {
        if (!more.isBlank()) {
            text.append('\n').append(more.stripTrailing());
        }
    }
}
