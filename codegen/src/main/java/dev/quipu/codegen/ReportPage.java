package dev.quipu.codegen;

/** A report as a page: plain HTML, every text of the model's or the code's escaped. */
final class ReportPage {
    private static final String FRAME = Resource.text("report.html");

    private ReportPage() {}

    static String of(CodeReport report) {
        return FRAME.replace("{{headline}}", escape(ReportMarkdown.headline(report)))
                .replace("{{tone}}", report.passed() ? "good" : "open")
                .replace("{{cost}}", escape(ReportMarkdown.cost(report)))
                .replace("{{tests}}", tests(report))
                .replace("{{attempts}}", attempts(report))
                .replace("{{notes}}", notes(report))
                // Last, so that code which holds such a mark stays as it is.
                .replace("{{code}}", escape(report.code()));
    }

    private static String tests(CodeReport report) {
        StringBuilder rows = new StringBuilder();
        report.tests()
                .forEach(t -> rows.append("<tr class=\"")
                        .append(t.passed() ? "good" : "bad")
                        .append("\"><td><code>")
                        .append(escape(t.name()))
                        .append("</code></td><td>")
                        .append(ReportJson.word(t.origin()))
                        .append("</td><td>")
                        .append(t.passed() ? "passed" : escape(t.message()))
                        .append("</td></tr>\n"));
        return rows.toString();
    }

    private static String attempts(CodeReport report) {
        StringBuilder rows = new StringBuilder();
        report.attempts()
                .forEach(a -> rows.append("<tr><td>")
                        .append(a.number())
                        .append(a.number() == report.chosen() ? " (chosen)" : "")
                        .append("</td><td>")
                        .append(ReportJson.word(a.kind()))
                        .append("</td><td>")
                        .append(ReportJson.word(a.stage()).replace('_', ' '))
                        .append("</td><td>")
                        .append(a.outputTokens())
                        .append("</td><td><details><summary>")
                        .append(escape(a.reason()))
                        .append("</summary><pre>")
                        .append(escape(a.code()))
                        .append("</pre></details></td></tr>\n"));
        return rows.toString();
    }

    private static String notes(CodeReport report) {
        StringBuilder items = new StringBuilder();
        report.notes().forEach(note -> items.append("<li>").append(escape(note)).append("</li>\n"));
        return items.toString();
    }

    /** Also keeps the marks of the frame out, which a test's name could hold. */
    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("{{", "&#123;&#123;");
    }
}
