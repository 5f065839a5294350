package dev.quipu.sandbox.internal;

import com.fasterxml.jackson.databind.JsonNode;
import dev.quipu.sandbox.Bytes;
import dev.quipu.sandbox.Coverage;
import dev.quipu.sandbox.Integrity;
import dev.quipu.sandbox.Mode;
import dev.quipu.sandbox.Outcome;
import dev.quipu.sandbox.PythonFailure;
import dev.quipu.sandbox.Resources;
import dev.quipu.sandbox.SyntaxProblem;
import dev.quipu.sandbox.TestResult;
import dev.quipu.sandbox.Verdict;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedSet;
import java.util.TreeSet;

/** Turns what the supervisor and the jails told into a verdict. */
final class Judge {
    private static final double SECOND = 1e9;
    private static final String KIBIBYTES = "rss";

    private final String backend;

    Judge(String backend) {
        this.backend = backend;
    }

    Verdict judge(Ticket ticket, JsonNode told) {
        Records records = Records.of(text(told, "report"));
        boolean tested = ticket.mode == Mode.TESTS_SPLIT || ticket.mode == Mode.TESTS_IN_PROCESS;
        List<TestResult> tests = tested ? records.tests() : List.of();
        Ending ending = Ending.of(ticket, told, records, tests);
        return new Verdict(
                ticket.job().id(),
                ending.outcome(),
                integrity(ticket.mode),
                ending.note(),
                records.get("syntax").map(Judge::syntax),
                records.get("failure").map(Judge::failure),
                tests,
                text(told, "out"),
                text(told, "err"),
                told.path("ended").asText().equals("output"),
                ending.violation(),
                ending.exitCode(),
                ending.signal(),
                files(ticket, records),
                records.get("coverage").flatMap(Judge::coverage),
                resources(ticket, told),
                backend);
    }

    /** A verdict without a run. */
    Verdict without(Ticket ticket, Outcome outcome, String note) {
        return new Verdict(
                ticket.job().id(),
                outcome,
                integrity(ticket.mode),
                note,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                "",
                "",
                false,
                Optional.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                Map.of(),
                Optional.empty(),
                Resources.NONE,
                backend);
    }

    private static Integrity integrity(Mode mode) {
        return switch (mode) {
            case TESTS_SPLIT -> Integrity.SPLIT;
            case TESTS_IN_PROCESS -> Integrity.IN_PROCESS;
            case SCRIPT, SYNTAX_ONLY -> Integrity.NONE;
        };
    }

    private static SyntaxProblem syntax(JsonNode problem) {
        return new SyntaxProblem(
                problem.path("file").asText(),
                Math.max(0, problem.path("line").asInt()),
                Math.max(0, problem.path("column").asInt()),
                problem.path("message").asText(),
                problem.path("text").asText());
    }

    private static PythonFailure failure(JsonNode failure) {
        return new PythonFailure(
                failure.path("type").asText(),
                failure.path("message").asText(),
                failure.path("file").asText(),
                Math.max(0, failure.path("line").asInt()),
                failure.path("trace").asText());
    }

    private static Optional<Coverage> coverage(JsonNode found) {
        if (found.size() != 2) {
            return Optional.empty();
        }
        SortedSet<Integer> lines = new TreeSet<>();
        SortedSet<Integer> covered = new TreeSet<>();
        found.get(0).forEach(line -> lines.add(line.asInt()));
        found.get(1).forEach(line -> covered.add(line.asInt()));
        covered.retainAll(lines);
        return Optional.of(new Coverage(lines, covered));
    }

    private static Map<String, Bytes> files(Ticket ticket, Records records) {
        Map<String, Bytes> files = new HashMap<>();
        records.files().forEach((name, content) -> {
            if (ticket.job().outputs().contains(name)) {
                files.put(name, Bytes.of(decoded(content)));
            }
        });
        return files;
    }

    private static byte[] decoded(String content) {
        try {
            return Base64.getDecoder().decode(content);
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }

    static String text(JsonNode told, String key) {
        return new String(decoded(told.path(key).asText()), StandardCharsets.UTF_8);
    }

    private static Resources resources(Ticket ticket, JsonNode told) {
        return new Resources(
                duration(told.path("wall").asDouble()),
                Duration.ofNanos(ticket.startedNanos - ticket.queuedNanos),
                duration(told.path("cpu").asDouble()),
                told.path(KIBIBYTES).asLong() * 1024);
    }

    private static Duration duration(double seconds) {
        return Duration.ofNanos((long) (seconds * SECOND));
    }
}
