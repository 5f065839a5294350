package dev.quipu.sandbox;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What is known of a job after it ran.
 *
 * @param jobId the job
 * @param outcome how it ended
 * @param integrity how far the code could influence this verdict
 * @param note why, where the outcome or the integrity needs a word; else empty
 * @param syntax where the compiler stopped
 * @param failure the exception that a script or the loading ended with
 * @param tests every expected test, in the order of the source
 * @param stdout what was printed, as UTF-8, cut at the limit
 * @param stderr what was printed to standard error
 * @param truncated whether output was cut
 * @param violation what was forbidden, such as the kind of system call
 * @param exitCode status of the interpreter that ran the code
 * @param signal the signal that ended it
 * @param files the files asked for, as far as they were written
 * @param coverage which lines ran, if asked for
 * @param resources what was used
 * @param backend what shut the code in
 */
public record Verdict(
        String jobId,
        Outcome outcome,
        Integrity integrity,
        String note,
        Optional<SyntaxProblem> syntax,
        Optional<PythonFailure> failure,
        List<TestResult> tests,
        String stdout,
        String stderr,
        boolean truncated,
        Optional<String> violation,
        OptionalInt exitCode,
        OptionalInt signal,
        Map<String, Bytes> files,
        Optional<Coverage> coverage,
        Resources resources,
        String backend) {
    public Verdict {
        tests = List.copyOf(tests);
        files = Map.copyOf(files);
        if (outcome == Outcome.PASSED && (tests.isEmpty() || count(tests, TestStatus.PASS) != tests.size())) {
            throw new SandboxException(SandboxError.FAILED, "A verdict of PASSED needs every expected test to pass.");
        }
    }

    /** Whether all tests passed and the code could not have forged it. */
    public boolean verified() {
        return outcome == Outcome.PASSED && integrity == Integrity.SPLIT;
    }

    public int expected() {
        return tests.size();
    }

    public int passed() {
        return count(tests, TestStatus.PASS);
    }

    /** Tests that failed, raised, were skipped or did not run. */
    public List<TestResult> unpassed() {
        return tests.stream().filter(t -> t.status() != TestStatus.PASS).toList();
    }

    private static int count(List<TestResult> tests, TestStatus status) {
        return (int) tests.stream().filter(t -> t.status() == status).count();
    }
}
