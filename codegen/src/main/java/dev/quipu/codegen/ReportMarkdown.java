package dev.quipu.codegen;

import java.util.Locale;

/** A report for a terminal or a ticket. */
final class ReportMarkdown {
    private ReportMarkdown() {}

    static String of(CodeReport report) {
        StringBuilder text = new StringBuilder();
        text.append("**").append(headline(report)).append("**\n");
        if (!report.code().isEmpty()) {
            text.append("\n```python\n").append(report.code().stripTrailing()).append("\n```\n");
        }
        if (!report.tests().isEmpty()) {
            text.append("\n| Test | Given by | Result |\n|---|---|---|\n");
            report.tests()
                    .forEach(t -> text.append("| `")
                            .append(cell(t.name()))
                            .append("` | ")
                            .append(ReportJson.word(t.origin()))
                            .append(" | ")
                            .append(t.passed() ? "passed" : cell(t.message()))
                            .append(" |\n"));
        }
        if (!report.suspect().isEmpty()) {
            text.append("\nTests of the model's own, which only helped to choose: ")
                    .append(report.suspect().size())
                    .append("\n");
        }
        text.append("\n| Attempt | Kind | Came to | Passed | Tokens | Reason |\n|---|---|---|---|---|---|\n");
        report.attempts()
                .forEach(a -> text.append("| ")
                        .append(a.number())
                        .append(a.number() == report.chosen() ? " (chosen)" : "")
                        .append(" | ")
                        .append(ReportJson.word(a.kind()))
                        .append(" | ")
                        .append(ReportJson.word(a.stage()).replace('_', ' '))
                        .append(" | ")
                        .append(a.passed())
                        .append(" of ")
                        .append(a.expected())
                        .append(" | ")
                        .append(a.outputTokens())
                        .append(" | ")
                        .append(cell(a.reason()))
                        .append(" |\n"));
        text.append('\n').append(cost(report)).append('\n');
        report.notes().forEach(note -> text.append("- ").append(note).append('\n'));
        return text.toString();
    }

    /** The status as a sentence. */
    static String headline(CodeReport report) {
        long passed = report.tests().stream().filter(GivenTest::passed).count();
        int all = report.tests().size();
        return switch (report.status()) {
            case VERIFIED -> "Verified: all " + all + " given tests passed, apart from the code.";
            case TESTS_PASSED -> "All " + all + " given tests passed, but in one interpreter with the code.";
            case EXAMPLES_PASSED -> "All " + all + " examples passed. No further tests were given.";
            case UNTESTED -> "Untested: the code compiles, and nothing was given to test it with.";
            case FAILING -> "Failing: the best draft passes " + passed + " of " + all + " given tests.";
            case NO_CODE -> "No code: no draft was Python that compiles.";
        };
    }

    static String cost(CodeReport report) {
        return String.format(
                        Locale.ROOT,
                        "%d attempts, %d tokens written, %.1f s",
                        report.attempts().size(),
                        report.outputTokens(),
                        report.seconds())
                + report.coverage()
                        .map(c -> String.format(Locale.ROOT, ", %.0f %% of the lines ran", 100 * c.ratio()))
                        .orElse("")
                + report.agreement()
                        .map(a -> String.format(Locale.ROOT, ", %.0f %% agreement", 100 * a))
                        .orElse("");
    }

    private static String cell(String text) {
        String line = text.replaceAll("\\s*\\R\\s*", " ").replace("|", "\\|");
        return line.length() > 200 ? line.substring(0, 200) + "…" : line;
    }
}
