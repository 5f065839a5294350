package dev.quipu.codegen;

import dev.quipu.sandbox.Outcome;
import dev.quipu.sandbox.SyntaxProblem;
import dev.quipu.sandbox.Verdict;
import java.util.List;
import java.util.stream.Collectors;

/** What is wrong with a draft, in few words: small models lose the thread in long traces. */
final class Evidence {
    private static final int TESTS = 3;
    private static final int CHARACTERS = 400;

    private Evidence() {}

    static String of(SyntaxProblem problem) {
        return "CPython does not compile this: line " + problem.line() + ": " + problem.message()
                + (problem.text().isBlank() ? "" : "\n    " + problem.text().strip());
    }

    /** Empty if all names are there. */
    static String ofNames(Analysis analysis, String entryPoint) {
        if (!analysis.absent().isEmpty()) {
            return "These modules are not installed: " + String.join(", ", analysis.absent())
                    + ". Use the standard library only.";
        }
        if (!analysis.undefined().isEmpty()) {
            return "These names are used but never defined: " + String.join(", ", analysis.undefined()) + ".";
        }
        return entryPoint.isEmpty() || analysis.defined().contains(entryPoint)
                ? ""
                : "It does not define " + entryPoint + ".";
    }

    static String of(List<GivenTest> tests) {
        String told = tests.stream()
                .filter(t -> !t.passed())
                .limit(TESTS)
                .map(t -> "- " + t.message())
                .collect(Collectors.joining("\n"));
        return "It fails:\n" + told;
    }

    /** Where no single test can tell. */
    static String of(Verdict verdict) {
        String why = verdict.failure()
                .map(f -> ": " + f.type() + ": " + f.message() + (f.line() > 0 ? " in line " + f.line() : ""))
                .or(() -> verdict.violation().map(v -> ": " + v))
                .orElse("");
        return switch (verdict.outcome()) {
            case TIMEOUT, CPU_LIMIT -> "It does not end in time; look for a loop that never ends.";
            case MEMORY_LIMIT -> "It uses too much memory" + why + ".";
            case OUTPUT_LIMIT -> "It prints without end.";
            case FORBIDDEN_SYSCALL -> "It does what is not allowed: files, network and processes are not there" + why;
            case LOAD_ERROR -> "It fails while it is loaded" + why;
            case EXITED -> "It ends the interpreter. Return a value; do not call exit.";
            case CRASHED -> "It crashes the interpreter" + why;
            default -> "It ends with " + verdict.outcome() + why;
        };
    }

    /** The exception of a trace, without the trace. */
    static String last(String message, Outcome outcome) {
        String line =
                message.lines().filter(l -> !l.isBlank()).reduce((a, b) -> b).orElse(outcome.name());
        // An assertion's own text may go over several lines; they begin where it is named.
        int at = message.lastIndexOf("AssertionError: ");
        String told =
                at >= 0 ? message.substring(at + "AssertionError: ".length()).strip() : line.strip();
        return told.length() > CHARACTERS ? told.substring(0, CHARACTERS) + "…" : told;
    }
}
