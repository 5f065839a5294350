package dev.quipu.codegen;

import dev.quipu.codegen.GivenTest.Origin;
import dev.quipu.sandbox.Bytes;
import dev.quipu.sandbox.Job;
import dev.quipu.sandbox.Limits;
import dev.quipu.sandbox.Outcome;
import dev.quipu.sandbox.PythonSandbox;
import dev.quipu.sandbox.TestResult;
import dev.quipu.sandbox.TestStatus;
import dev.quipu.sandbox.TestStyle;
import dev.quipu.sandbox.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Runs the given tests on a module. */
final class Trial {
    private final PythonSandbox sandbox;
    private final Task task;
    private final Duration testTime;

    Trial(PythonSandbox sandbox, Task task, Duration testTime) {
        this.sandbox = sandbox;
        this.task = task;
        this.testTime = testTime;
    }

    /**
     * What came of it.
     *
     * @param verdict of the caller's tests, else of the examples
     * @param evidence in words for the model; empty if all passed
     */
    record Result(List<GivenTest> tests, Optional<Verdict> verdict, String evidence) {}

    Result run(String code) {
        List<GivenTest> tests = new ArrayList<>();
        List<Verdict> verdicts = new ArrayList<>();
        if (!task.tests().isEmpty()) {
            Verdict verdict = sandbox.run(job(code, task.tests())
                    .entryPoint(task.entryPoint())
                    .coverage(true)
                    .build());
            verdicts.add(verdict);
            tests.addAll(caller(verdict));
        }
        if (!task.examples().isEmpty()) {
            Verdict verdict = sandbox.run(job(code, TestSource.of(task.examples(), task.entryPoint()))
                    .style(TestStyle.UNITTEST)
                    .coverage(task.tests().isEmpty())
                    .build());
            verdicts.add(verdict);
            tests.addAll(examples(verdict));
        }
        return new Result(tests, verdicts.stream().findFirst(), evidence(tests, verdicts));
    }

    private Job.Builder job(String code, String source) {
        Job.Builder job = Job.tests(code, source)
                .limits(Limits.DEFAULT.withPerTest(testTime).withWall(testTime.multipliedBy(4)));
        task.request().files().forEach((name, text) -> job.file(name, Bytes.of(text)));
        return job;
    }

    private static List<GivenTest> caller(Verdict verdict) {
        if (verdict.tests().isEmpty()) {
            return List.of(new GivenTest(Origin.CALLER, "tests", false, Evidence.of(verdict)));
        }
        return verdict.tests().stream()
                .map(t -> new GivenTest(
                        Origin.CALLER,
                        t.id(),
                        t.status() == TestStatus.PASS,
                        t.status() == TestStatus.PASS ? "" : t.id() + ": " + told(t, verdict)))
                .toList();
    }

    private List<GivenTest> examples(Verdict verdict) {
        List<GivenTest> tests = new ArrayList<>();
        for (int i = 0; i < task.examples().size(); i++) {
            String call = task.examples().get(i).call(task.entryPoint());
            String name = TestSource.name(i + 1);
            Optional<TestResult> result =
                    verdict.tests().stream().filter(t -> t.id().endsWith(name)).findFirst();
            boolean passed = result.map(r -> r.status() == TestStatus.PASS).orElse(false);
            String message = passed ? "" : result.map(r -> told(r, verdict)).orElseGet(() -> Evidence.of(verdict));
            tests.add(new GivenTest(
                    Origin.EXAMPLE,
                    call,
                    passed,
                    passed || message.startsWith(call) ? message : call + ": " + message));
        }
        return tests;
    }

    private static String told(TestResult result, Verdict verdict) {
        return result.status() == TestStatus.NOT_RUN
                ? Evidence.of(verdict)
                : Evidence.last(result.message(), verdict.outcome());
    }

    private static String evidence(List<GivenTest> tests, List<Verdict> verdicts) {
        if (tests.stream().allMatch(GivenTest::passed)) {
            return "";
        }
        // Where the code as a whole does not work, the tests have nothing to add.
        return verdicts.stream()
                .filter(v -> v.outcome() != Outcome.PASSED && v.outcome() != Outcome.TESTS_FAILED)
                .findFirst()
                .map(Evidence::of)
                .orElseGet(() -> Evidence.of(tests));
    }
}
