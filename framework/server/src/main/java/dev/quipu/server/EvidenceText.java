package dev.quipu.server;

import dev.quipu.Answer;
import dev.quipu.Decision;
import dev.quipu.Evidence;
import dev.quipu.Fact;
import java.util.Locale;
import java.util.stream.Collectors;

/** Evidence laid out for a terminal. */
final class EvidenceText {
    private static final int FACTS = 12;

    private final Style style;

    EvidenceText(Style style) {
        this.style = style;
    }

    /** One line: what answered, from how many facts, in what time. */
    String brief(Answer answer) {
        Evidence evidence = answer.evidence();
        String rules = evidence.decisions().stream()
                .map(d -> "rule \"" + d.rule() + "\"")
                .distinct()
                .collect(Collectors.joining(", "));
        String sources = evidence.retrieval().facts().stream()
                .flatMap(f -> f.sources().stream())
                .map(Object::toString)
                .distinct()
                .limit(4)
                .collect(Collectors.joining(", "));
        StringBuilder line = new StringBuilder(answer.path().name().toLowerCase(Locale.ROOT));
        if (!evidence.intent().isEmpty()) {
            line.append(" · ").append(evidence.intent());
        }
        line.append(" · ").append(evidence.retrieval().facts().size()).append(" fact(s)");
        if (!sources.isEmpty()) {
            line.append(" from ").append(sources);
        }
        if (!rules.isEmpty()) {
            line.append(" · ").append(rules);
        }
        return style.dim(line.append(String.format(Locale.ROOT, " · %.0f ms", answer.millis()))
                .toString());
    }

    /** Everything an answer rests on. */
    String full(Answer answer) {
        Evidence evidence = answer.evidence();
        StringBuilder out = new StringBuilder();
        section(out, "Reading", evidence.intent().isEmpty() ? "none" : evidence.intent());
        evidence.retrieval().facts().stream().limit(FACTS).forEach(f -> section(out, "Fact " + f.id(), fact(f)));
        int more = evidence.retrieval().facts().size() - FACTS;
        if (more > 0) {
            section(out, "", "… and " + more + " more");
        }
        for (Decision decision : evidence.decisions()) {
            section(
                    out,
                    "Rule",
                    decision.rule() + " → " + decision.outcome().name().toLowerCase(Locale.ROOT) + " "
                            + decision.values());
        }
        section(
                out,
                "Checked",
                evidence.verification().claims().size() + " claims, "
                        + (evidence.verification().holds()
                                ? "all in the facts"
                                : "not in the facts: " + evidence.verification().unsupported()));
        for (Evidence.Step step : evidence.steps()) {
            section(out, step.name(), String.format(Locale.ROOT, "%7.1f ms  %s", step.millis(), step.note()));
        }
        if (!evidence.retrieval().query().isEmpty()) {
            out.append(style.dim(evidence.retrieval().query().indent(12)));
        }
        return out.toString();
    }

    private static String fact(Fact fact) {
        return fact.text() + "  "
                + fact.sources().stream().limit(3).map(Object::toString).collect(Collectors.joining(", ", "[", "]"));
    }

    private void section(StringBuilder out, String name, String text) {
        out.append(style.bold(String.format("%-12s", name))).append(text).append('\n');
    }
}
