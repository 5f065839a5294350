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
 * (the expected tests are written before anything untrusted runs), and of two results of a test the worse one.
 */
final class Records {
    private static final ObjectMapper JSON = SupervisorProcess.JSON;

    private final Map<String, JsonNode> first = new LinkedHashMap<>();
    private final Map<String, TestResult> results = new LinkedHashMap<>();
    private final Set<String> collected = new LinkedHashSet<>();
    private final Map<String, String> files = new LinkedHashMap<>();

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
            TestResult result = result(record);
            results.merge(result.id(), result, Records::worse);
        } else if (record.has("file")) {
            files.putIfAbsent(
                    record.path("file").asText(), record.path("content").asText());
        } else {
            record.path("collected").forEach(name -> collected.add(name.asText()));
            record.properties().forEach(field -> first.putIfAbsent(field.getKey(), field.getValue()));
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
                record.path("test").asText(),
                status,
                Duration.ofNanos((long) (millis * 1e6)),
                record.path("message").asText().strip());
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

    /**
     * Every expected test with its result, in the order of the source, then what Python found besides. A test with
     * several rows stands once for each of them.
     */
    List<TestResult> tests() {
        Set<String> expected = new LinkedHashSet<>();
        get("expected").ifPresent(names -> names.forEach(name -> expected.add(name.asText())));
        collected.stream().filter(name -> !rowOfAny(expected, name)).forEach(expected::add);
        List<TestResult> tests = new ArrayList<>();
        Set<String> told = new LinkedHashSet<>();
        for (String name : expected) {
            List<TestResult> rows = results.values().stream()
                    .filter(result -> isRowOf(name, result.id()))
                    .toList();
            rows.forEach(row -> told.add(row.id()));
            tests.addAll(
                    rows.isEmpty()
                            ? List.of(new TestResult(name, TestStatus.NOT_RUN, Duration.ZERO, "did not report"))
                            : rows);
        }
        results.values().stream().filter(result -> !told.contains(result.id())).forEach(tests::add);
        return tests;
    }

    private static boolean rowOfAny(Set<String> names, String id) {
        int bracket = id.indexOf('[');
        return names.contains(id) || (bracket > 0 && names.contains(id.substring(0, bracket)));
    }

    private static boolean isRowOf(String name, String id) {
        return id.equals(name) || id.startsWith(name + "[");
    }
}
