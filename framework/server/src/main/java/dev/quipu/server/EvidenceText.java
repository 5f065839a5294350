package dev.quipu.server;

import dev.quipu.Answer;
import dev.quipu.Decision;
import dev.quipu.Evidence;
import dev.quipu.Fact;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Evidence laid out for a terminal. */
final class EvidenceText {
    private static final int FACTS = 12;
    private static final int FACTS_IN_SHORT = 4;
    private static final int TEXT_IN_SHORT = 160;

    private final Style style;

    EvidenceText(Style style) {
        this.style = style;
    }

    /** One line: what answered, from how many facts, in what time. */
    String line(Answer answer) {
        Evidence evidence = answer.evidence();
        StringBuilder line = new StringBuilder(lower(answer.path()));
        line.append(answer.degraded() ? " · a part is unavailable for now" : "");
        if (!evidence.intent().isEmpty()) {
            line.append(" · ").append(evidence.intent());
        }
        line.append(" · ").append(count(evidence.retrieval().facts().size(), "fact"));
        String rules = evidence.decisions().stream()
                .map(d -> "rule \"" + d.rule() + "\"")
                .distinct()
                .collect(Collectors.joining(", "));
        if (!rules.isEmpty()) {
            line.append(" · ").append(rules);
        }
        return style.dim(line.append(String.format(Locale.ROOT, " · %.0f ms", answer.millis()))
                .toString());
    }

    /** A few lines: the first facts with their ids and sources, the rules, the check, and what answered. */
    String brief(Answer answer) {
        Evidence evidence = answer.evidence();
        List<Fact> facts = evidence.retrieval().facts();
        StringBuilder out = new StringBuilder();
        facts.stream().limit(FACTS_IN_SHORT).forEach(f -> row(out, "fact " + f.id(), fact(f, TEXT_IN_SHORT)));
        if (facts.size() > FACTS_IN_SHORT) {
            row(out, "", "… and " + (facts.size() - FACTS_IN_SHORT) + " more");
        }
        evidence.decisions().stream().map(EvidenceText::rule).distinct().forEach(r -> row(out, "rule", r));
        if (!evidence.verification().claims().isEmpty()) {
            row(out, "checked", checked(evidence));
        }
        return out + line(answer);
    }

    /** Everything an answer rests on. */
    String full(Answer answer) {
        Evidence evidence = answer.evidence();
        StringBuilder out = new StringBuilder();
        row(out, "reading", evidence.intent().isEmpty() ? "none" : evidence.intent());
        List<Fact> facts = evidence.retrieval().facts();
        facts.stream().limit(FACTS).forEach(f -> row(out, "fact " + f.id(), fact(f, Integer.MAX_VALUE)));
        if (facts.size() > FACTS) {
            row(out, "", "… and " + (facts.size() - FACTS) + " more");
        }
        evidence.decisions().forEach(d -> row(out, "rule", rule(d)));
        row(out, "checked", checked(evidence));
        for (Evidence.Step step : evidence.steps()) {
            row(out, step.name(), String.format(Locale.ROOT, "%7.1f ms  %s", step.millis(), step.note()));
        }
        if (!evidence.retrieval().query().isEmpty()) {
            row(out, "query", "");
            out.append(style.dim(evidence.retrieval().query().strip().indent(12)));
        }
        return out.toString();
    }

    private static String checked(Evidence evidence) {
        List<String> bad = evidence.verification().unsupported();
        return count(evidence.verification().claims().size(), "claim")
                + (bad.isEmpty() ? ", all in the facts" : ", not in the facts: " + String.join(", ", bad));
    }

    private static String rule(Decision decision) {
        String values = decision.values().entrySet().stream()
                .map(v -> v.getKey() + " " + v.getValue())
                .collect(Collectors.joining(", "));
        return "\"" + decision.rule() + "\" → " + lower(decision.outcome())
                + (decision.reason().isEmpty() ? "" : ", because " + decision.reason())
                + (values.isEmpty() ? "" : " (" + values + ")");
    }

    private static String fact(Fact fact, int limit) {
        String text = fact.text().length() > limit ? fact.text().substring(0, limit) + "…" : fact.text();
        return text + "  "
                + fact.sources().stream().limit(3).map(Object::toString).collect(Collectors.joining(", ", "[", "]"));
    }

    private static String count(int number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private void row(StringBuilder out, String name, String text) {
        out.append(style.bold(String.format("%-12s", name))).append(text).append('\n');
    }
}
