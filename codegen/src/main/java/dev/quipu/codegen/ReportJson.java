package dev.quipu.codegen;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;

/** A report as JSON. */
final class ReportJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private ReportJson() {}

    static ObjectNode of(CodeReport report) {
        ObjectNode json = JSON.createObjectNode()
                .put("status", word(report.status()))
                .put("passed", report.passed())
                .put("entry_point", report.entryPoint())
                .put("code", report.code());
        report.verdict()
                .ifPresent(v -> json.putObject("verdict")
                        .put("outcome", v.outcome().name())
                        .put("integrity", v.integrity().name())
                        .put("verified", v.verified())
                        .put("expected", v.expected())
                        .put("passed", v.passed())
                        .put("backend", v.backend()));
        report.coverage()
                .ifPresent(c ->
                        json.putObject("coverage").put("ratio", c.ratio()).set("missed", JSON.valueToTree(c.missed())));
        report.agreement().ifPresent(share -> json.put("agreement", share));
        ArrayNode tests = json.putArray("tests");
        report.tests()
                .forEach(t -> tests.addObject()
                        .put("origin", word(t.origin()))
                        .put("name", t.name())
                        .put("passed", t.passed())
                        .put("message", t.message()));
        report.suspect().forEach(json.putArray("suspect_tests")::add);
        json.put("chosen", report.chosen());
        ArrayNode attempts = json.putArray("attempts");
        report.attempts().forEach(a -> attempt(attempts.addObject(), a));
        report.notes().forEach(json.putArray("notes")::add);
        ArrayNode trace = json.putArray("trace");
        report.trace()
                .forEach(s -> trace.addObject()
                        .put("state", word(s.state()))
                        .put("attempt", s.attempt())
                        .put("note", s.note())
                        .put("ms", s.at().toMillis()));
        return json.put("prompt_tokens", report.promptTokens())
                .put("output_tokens", report.outputTokens())
                .put("seconds", report.seconds());
    }

    private static void attempt(ObjectNode json, Attempt attempt) {
        json.put("number", attempt.number()).put("kind", word(attempt.kind()));
        attempt.repairOf().ifPresent(base -> json.put("repair_of", base));
        json.put("stage", word(attempt.stage()))
                .put("passed", attempt.passed())
                .put("expected", attempt.expected())
                .put("reason", attempt.reason())
                .put("code", attempt.code())
                .put("prompt_tokens", attempt.promptTokens())
                .put("output_tokens", attempt.outputTokens())
                .put("seconds", attempt.seconds());
    }

    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
