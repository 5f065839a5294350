package dev.quipu.training.internal;

import dev.quipu.training.TrainingReport;
import java.util.List;
import java.util.Map;

/** A page of HTML in the making. Everything that is not its own is escaped, and it loads nothing. */
public final class ReportPage {
    private static final String STYLE = """
            :root{color-scheme:light dark}
            body{font:15px/1.5 system-ui,sans-serif;max-width:760px;margin:2rem auto;padding:0 1rem}
            h1{font-size:1.5rem}h2{font-size:1.1rem;margin:1.6rem 0 .4rem}
            table{border-collapse:collapse;width:100%}
            th,td{text-align:left;vertical-align:top;padding:.25rem .6rem .25rem 0;border-bottom:1px solid #8884}
            th{font-weight:500;width:14rem}td{overflow-wrap:anywhere;white-space:pre-wrap}
            svg{width:100%;height:auto}svg text{font-size:11px;fill:currentColor;opacity:.7}
            .grid{stroke:currentColor;opacity:.15}polyline{fill:none;stroke:#2a6fdb;stroke-width:1.8}
            polyline.raw{opacity:.35;stroke-width:1}
            """;

    private final StringBuilder html = new StringBuilder();

    public ReportPage(String title) {
        html.append("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">")
                .append(
                        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">")
                .append("<meta name=\"viewport\" content=\"width=device-width\"><title>")
                .append(text(title))
                .append("</title><style>")
                .append(STYLE)
                .append("</style></head><body><h1>")
                .append(text(title))
                .append("</h1>\n");
    }

    public void table(String title, Map<String, String> rows) {
        heading(title);
        html.append("<table>");
        rows.forEach(this::row);
        html.append("</table>\n");
    }

    /** A curve without values is left out. */
    public void curve(Curve curve) {
        if (curve.values().length > 0) {
            heading(curve.title());
            html.append(curve.svg()).append('\n');
        }
    }

    public void samples(List<TrainingReport.Sample> samples) {
        heading("What it says");
        for (TrainingReport.Sample sample : samples) {
            html.append("<table>");
            row("prompt", sample.prompt());
            row("before", sample.before());
            row("after", sample.after());
            html.append("</table>\n");
        }
    }

    private void row(String name, String value) {
        html.append("<tr><th>")
                .append(text(name))
                .append("</th><td>")
                .append(text(value))
                .append("</td></tr>\n");
    }

    private void heading(String title) {
        html.append("<h2>").append(text(title)).append("</h2>\n");
    }

    public String html() {
        return html + "</body></html>\n";
    }

    /** A text as HTML shows it; characters that HTML does not know are replaced. */
    static String text(String text) {
        StringBuilder safe = new StringBuilder();
        text.codePoints().forEach(c -> {
            switch (c) {
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '&' -> safe.append("&amp;");
                case '"' -> safe.append("&quot;");
                case '\'' -> safe.append("&#39;");
                default -> safe.appendCodePoint(Character.isISOControl(c) && c != '\n' && c != '\t' ? 0xFFFD : c);
            }
        });
        return safe.toString();
    }
}
