package dev.quipu.sandbox.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.quipu.sandbox.TestResult;
import dev.quipu.sandbox.TestStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a jail reported, a record a line. In the in-process mode hostile code can write here too; so what comes first wins
 * (the expected tests are written before anything untrusted runs), of two results of a test the worse one, and nothing is
 * kept that has no meaning, nor more of the rest than a file of tests could need.
 */
final class Records {
    private static final ObjectMapper JSON = SupervisorProcess.JSON;
    private static final Set<String> KEYS = Set.of(
            "broken",
            "coverage",
            "done",
            "exit",
            "expected",
            "failure",
            "fixture",
            "gone",
            "started",
            "syntax",
            "unsplittable");
    /** Tests of one job; the rows of a parametrized one count each. */
    private static final int MOST_TESTS = 20_000;

    private static final int MOST_FILES = 1000;
    private static final int LONGEST = 5000;

    private final Map<String, JsonNode> first = new LinkedHashMap<>();
    private final Map<String, TestResult> results = new LinkedHashMap<>();
    private final Set<String> collected = new LinkedHashSet<>();
    private final Map<String, String> files = new LinkedHashMap<>();
    private boolean tooMany;

    private Records() {}

    static Records of(String report) {
        Records records = new Records();
        report.lines().filter(line -> line.startsWith("{")).forEach(records::add);
        return records;
    }

    private void add(String line) {
        JsonNode record;
        try {
            record = JSON.readTree(line);
        } catch (JsonProcessingException e) {
            return;
        }
        if (record.has("test")) {
            addResult(result(record));
        } else if (record.has("file")) {
            if (files.size() < MOST_FILES) {
                files.putIfAbsent(
                        record.path("file").asText(), record.path("content").asText());
            }
        } else {
            record.path("collected").forEach(name -> addCollected(name.asText()));
            record.properties().stream()
                    .filter(field -> KEYS.contains(field.getKey()))
                    .forEach(field -> first.putIfAbsent(field.getKey(), field.getValue()));
        }
    }

    private void addResult(TestResult result) {
        if (results.size() < MOST_TESTS || results.containsKey(result.id())) {
            results.merge(result.id(), result, Records::worse);
        } else {
            tooMany = true;
        }
    }

    private void addCollected(String name) {
        if (collected.size() < MOST_TESTS || collected.contains(name)) {
            collected.add(shortened(name));
        } else {
            tooMany = true;
        }
    }

    private static TestResult result(JsonNode record) {
        TestStatus status = switch (record.path("status").asText()) {
            case "PASS" -> TestStatus.PASS;
            case "FAIL" -> TestStatus.FAIL;
            case "SKIP" -> TestStatus.SKIP;
            default -> TestStatus.ERROR;
        };
        double millis = Math.clamp(record.path("ms").asDouble(), 0, 1e9);
        return new TestResult(
                shortened(record.path("test").asText()),
                status,
                Duration.ofNanos((long) (millis * 1e6)),
                shortened(record.path("message").asText()).strip());
    }

    private static String shortened(String text) {
        return text.length() > LONGEST ? text.substring(0, LONGEST) : text;
    }

    private static TestResult worse(TestResult one, TestResult other) {
        return one.status() == TestStatus.PASS ? other : one;
    }

    boolean has(String key) {
        return first.containsKey(key)
                && !first.getOrDefault(key, JSON.nullNode()).isNull();
    }

    Optional<JsonNode> get(String key) {
        return has(key) ? Optional.ofNullable(first.get(key)) : Optional.empty();
    }

    Map<String, String> files() {
        return files;
    }

    /** Whether the report told of more tests than are looked at, so that nobody can say that all have passed. */
    boolean tooMany() {
        return tooMany;
    }

    /**
     * Every expected test with its result, in the order of the source, then what Python found besides. A test with
     * several rows stands once for each of them.
     */
    List<TestResult> tests() {
        Set<String> expected = new LinkedHashSet<>();
        get("expected").ifPresent(names -> names.forEach(name -> expected.add(name.asText())));
        for (String name : collected) {
            if (!expected.contains(base(name))) {
                expected.add(name);
            }
        }
        Map<String, List<TestResult>> rows = new LinkedHashMap<>();
        expected.forEach(name -> rows.put(name, new ArrayList<>()));
        List<TestResult> besides = new ArrayList<>();
        for (TestResult result : results.values()) {
            String name = expected.contains(result.id()) ? result.id() : base(result.id());
            rows.getOrDefault(name, besides).add(result);
        }
        List<TestResult> tests = new ArrayList<>();
        rows.forEach((name, told) -> {
            if (told.isEmpty()) {
                tests.add(new TestResult(name, TestStatus.NOT_RUN, Duration.ZERO, "did not report"));
            }
            tests.addAll(told);
        });
        tests.addAll(besides);
        return tests;
    }

    /** The test of which this is a row. */
    private static String base(String id) {
        int bracket = id.indexOf('[');
        return bracket > 0 ? id.substring(0, bracket) : id;
    }
}
