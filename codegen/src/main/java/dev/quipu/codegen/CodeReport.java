package dev.quipu.codegen;

import dev.quipu.sandbox.Coverage;
import dev.quipu.sandbox.Verdict;
import java.util.List;
import java.util.Optional;

/**
 * The code, and how far it can be trusted.
 *
 * @param status in one word
 * @param entryPoint the function or class that was asked for; empty if the request names none
 * @param code the module; empty if no draft held any
 * @param verdict of the sandbox about the code and the given tests; empty if there were neither
 * @param tests that count, with their results
 * @param suspect tests that the model wrote itself; they help to choose and prove nothing
 * @param attempts all drafts
 * @param chosen number of the attempt that the code is of; 0 for none
 * @param agreement share of the drafts' votes that the code's results got, 0 to 1; empty if drafts were not compared
 * @param notes what a reader should know about the result
 * @param trace the steps of the loop
 * @param promptTokens tokens that the model read
 * @param outputTokens tokens that the model wrote
 * @param seconds from the request to the report
 */
public record CodeReport(
        Status status,
        String entryPoint,
        String code,
        Optional<Verdict> verdict,
        List<GivenTest> tests,
        List<String> suspect,
        List<Attempt> attempts,
        int chosen,
        Optional<Double> agreement,
        List<String> notes,
        List<Step> trace,
        int promptTokens,
        int outputTokens,
        double seconds) {
    public CodeReport {
        tests = List.copyOf(tests);
        suspect = List.copyOf(suspect);
        attempts = List.copyOf(attempts);
        notes = List.copyOf(notes);
        trace = List.copyOf(trace);
    }

    /** How far the code can be trusted, best first. */
    public enum Status {
        /** The caller's tests passed, and the code could not have forged it. */
        VERIFIED,
        /** The caller's tests passed, but in one interpreter with the code, where hostile code could forge it. */
        TESTS_PASSED,
        /** The examples of the description passed; the caller gave no tests. */
        EXAMPLES_PASSED,
        /** It compiles, and nothing was given to test it with. */
        UNTESTED,
        /** Some of the given tests fail; this is the best draft. */
        FAILING,
        /** No draft was code that compiles. */
        NO_CODE
    }

    /** Whether everything that was given to test the code with passed. */
    public boolean passed() {
        return status.compareTo(Status.EXAMPLES_PASSED) <= 0;
    }

    /** Which lines of the code ran in the tests, where the sandbox can tell. */
    public Optional<Coverage> coverage() {
        return verdict.flatMap(Verdict::coverage);
    }

    /** One JSON object. */
    public String json() {
        return ReportJson.of(this).toString();
    }

    /** For a terminal or a ticket. */
    public String markdown() {
        return ReportMarkdown.of(this);
    }

    /** A page of its own, without scripts and without anything from elsewhere. */
    public String html() {
        return ReportPage.of(this);
    }
}
