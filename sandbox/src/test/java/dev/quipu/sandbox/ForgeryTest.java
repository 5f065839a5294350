package dev.quipu.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Wrong solutions that try to be judged right, against tests in several styles. None may pass while split. */
class ForgeryTest {
    private static final List<String> TESTS = List.of("""
            import unittest
            from solution import add
            class TestAdd(unittest.TestCase):
                def test_one(self): self.assertEqual(add(2, 3), 5)
                def test_two(self): self.assertEqual(add(-1, 1), 0)
                def test_three(self): self.assertAlmostEqual(add(0.5, 0.25), 0.75)
            """, """
            from solution import *
            def test_one(): assert add(2, 3) == 5
            def test_two(): assert abs(add(0.5, 0.25) - 0.75) < 1e-6
            def test_three(): assert add(2, 3) in (5, 5.0) and isinstance(add(2, 3), int)
            """, """
            def check(candidate):
                assert candidate(2, 3) == 5
                assert abs(candidate(0.5, 0.25) - 0.75) < 1e-6
            """, """
            assert add(2, 3) == 5
            assert add(-1, 1) <= 0 and add(-1, 1) >= 0
            """, """
            import unittest
            import solution
            class TestCounter(unittest.TestCase):
                def test_value(self):
                    counter = solution.Counter()
                    counter.up()
                    self.assertEqual(counter.value(), 1)
                def test_add(self):
                    self.assertIn(solution.add(2, 3), [5])
            """);

    @Test
    void knowsManyForgeries() {
        assertThat(Snippets.of("forgeries.txt")).hasSizeGreaterThanOrEqualTo(30).doesNotHaveDuplicates();
    }

    @Test
    void noForgeryPasses() throws Exception {
        assertThat(forged("warm")).isEmpty();
    }

    @Tag("long")
    @ParameterizedTest
    @ValueSource(strings = {"bubblewrap", "landlock"})
    void noForgeryPassesOnOtherBackends(String backend) throws Exception {
        TestBackends.require(backend);

        assertThat(forged(backend)).isEmpty();
    }

    @Test
    void rightSolutionsPassTheSameTests() {
        String right = """
                def add(a, b): return a + b
                class Counter:
                    def __init__(self): self.n = 0
                    def up(self): self.n += 1
                    def value(self): return self.n
                """;
        try (PythonSandbox sandbox = PythonSandbox.open()) {
            for (String tests : TESTS) {
                Verdict verdict =
                        sandbox.run(Job.tests(right, tests).entryPoint("add").build());

                assertThat(verdict.verified()).as("%s", verdict).isTrue();
            }
        }
    }

    private static List<String> forged(String backend) throws Exception {
        List<String> forged = new ArrayList<>();
        try (PythonSandbox sandbox = PythonSandbox.open(SandboxOptions.builder()
                .backend(backend)
                .parallel(4)
                .queueLimit(1000)
                .build())) {
            Map<String, RunningJob> jobs = new LinkedHashMap<>();
            for (Snippets forgery : Snippets.of("forgeries.txt")) {
                for (int i = 0; i < TESTS.size(); i++) {
                    Job job = Job.tests(forgery.code(), TESTS.get(i))
                            .entryPoint("add")
                            .build();
                    jobs.put(forgery.name() + " / " + i, sandbox.submit(job));
                }
            }
            for (Map.Entry<String, RunningJob> job : jobs.entrySet()) {
                Verdict verdict = job.getValue().verdict().toCompletableFuture().get(2, TimeUnit.MINUTES);
                if (verdict.outcome().success() || verdict.outcome() == Outcome.SANDBOX_ERROR) {
                    forged.add(job.getKey() + ": " + verdict);
                }
            }
        }
        return forged;
    }
}
