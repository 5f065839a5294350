package dev.quipu.codegen;

import dev.quipu.sandbox.Verdict;
import java.util.List;
import java.util.Optional;

/**
 * A draft with all that is known of it.
 *
 * @param attempt for the report
 * @param tests the given tests' results
 * @param verdict of the caller's tests, else of the examples
 * @param evidence what is wrong with it, in words for the model; empty if nothing is
 */
record Candidate(Attempt attempt, List<GivenTest> tests, Optional<Verdict> verdict, String evidence) {
    Candidate {
        tests = List.copyOf(tests);
    }

    boolean good() {
        return attempt.stage() == Attempt.Stage.PASSING || attempt.stage() == Attempt.Stage.UNTESTED;
    }

    /** Better drafts have more: by the caller's tests first, by the examples then, by how far they came otherwise. */
    double merit() {
        return switch (attempt.stage()) {
            case NO_CODE -> 0;
            case SYNTAX_ERROR -> 1;
            case INCOMPLETE -> 2;
            case UNTESTED, FAILING, PASSING ->
                3 + 100 * share(GivenTest.Origin.CALLER) + share(GivenTest.Origin.EXAMPLE);
        };
    }

    private double share(GivenTest.Origin origin) {
        long all = tests.stream().filter(t -> t.origin() == origin).count();
        long passed =
                tests.stream().filter(t -> t.origin() == origin && t.passed()).count();
        return all == 0 ? 0 : (double) passed / all;
    }
}
