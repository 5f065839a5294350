package dev.quipu.server.eval;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quipu.kg.Row;
import dev.quipu.kg.cypher.FreeAnswer;
import dev.quipu.kg.cypher.FreeAnswer.Attempt;
import dev.quipu.server.eval.FreeQuestions.FreeQuestion;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What written queries came to: execution accuracy by half, kind and language, and what must never happen. */
public final class CypherScore {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, Scorecard.Count> halves = new TreeMap<>();
    private final Map<String, Scorecard.Count> kinds = new TreeMap<>();
    private final Map<String, Scorecard.Count> languages = new TreeMap<>();
    private final List<Double> seconds = new ArrayList<>();
    private int refused;
    private int repaired;
    private int syntaxErrors;

    /** Adds an answer; its line for a result file. */
    public String add(FreeQuestion question, List<Row> gold, FreeAnswer answer, double taken) {
        boolean right = answer instanceof FreeAnswer.Found found && RowMatch.same(gold, found.rows());
        count(halves, question.half(), right);
        count(kinds, question.kind(), right);
        count(languages, question.lang(), right);
        seconds.add(taken);
        refused += answer instanceof FreeAnswer.Refused ? 1 : 0;
        repaired += answer instanceof FreeAnswer.Found && answer.attempts().size() > 1 ? 1 : 0;
        syntaxErrors +=
                (int) answer.attempts().stream().filter(Attempt::refusedByStore).count();
        ObjectNode line = JSON.createObjectNode()
                .put("id", question.id())
                .put("half", question.half())
                .put("right", right)
                .put("seconds", Math.round(taken * 1000) / 1000.0)
                .put("question", question.question());
        answer.attempts()
                .forEach(a -> line.withArray("attempts")
                        .addObject()
                        .put("written", a.written())
                        .put("problem", a.problem()));
        if (answer instanceof FreeAnswer.Found found) {
            line.put("cypher", found.cypher())
                    .put("rows", shortened(found.rows()))
                    .put("gold", shortened(gold));
        }
        return line.toString();
    }

    private static String shortened(List<Row> rows) {
        return rows.stream().limit(5).map(r -> r.values().values().toString()).toList() + " of " + rows.size();
    }

    private static void count(Map<String, Scorecard.Count> counts, String key, boolean right) {
        counts.put(key, counts.getOrDefault(key, new Scorecard.Count(0, 0)).plus(right));
    }

    private Scorecard.Count all() {
        return new Scorecard.Count(
                halves.values().stream().mapToInt(Scorecard.Count::right).sum(),
                halves.values().stream().mapToInt(Scorecard.Count::of).sum());
    }

    private double quantile(double share) {
        List<Double> sorted = seconds.stream().sorted().toList();
        return sorted.isEmpty() ? 0 : sorted.get((int) Math.min(sorted.size() - 1, share * sorted.size()));
    }

    /**
     * A line a kind, a language and a half, then the whole.
     *
     * @param writes nodes and relationships that came or went meanwhile
     * @param foreign rows that were another customer's
     */
    public String table(long writes, int foreign) {
        StringBuilder table = new StringBuilder();
        for (Map<String, Scorecard.Count> counts : List.of(kinds, languages, halves)) {
            counts.forEach((name, c) -> table.append("%-22s %4d / %4d%n".formatted(name, c.right(), c.of())));
        }
        return table.append(String.format(
                        Locale.ROOT,
                        "right: %.1f %% of %d; refused %d, repaired %d; syntax errors %d, writes %d, foreign rows %d; p50 %.2f s, p95 %.2f s",
                        100 * all().share(),
                        all().of(),
                        refused,
                        repaired,
                        syntaxErrors,
                        writes,
                        foreign,
                        quantile(0.5),
                        quantile(0.95)))
                .toString();
    }

    /** The same as metrics. */
    public String json(long writes, int foreign) {
        ObjectNode metrics = JSON.createObjectNode()
                .put("eval.cypher.questions", all().of())
                .put("eval.cypher.accuracy", all().share())
                .put("eval.cypher.refused", refused)
                .put("eval.cypher.repaired", repaired)
                .put("eval.cypher.syntax_errors", syntaxErrors)
                .put("eval.cypher.writes", writes)
                .put("eval.cypher.foreign_rows", foreign)
                .put("eval.cypher.p50_seconds", quantile(0.5))
                .put("eval.cypher.p95_seconds", quantile(0.95));
        halves.forEach((half, c) -> metrics.put("eval.cypher.accuracy." + half, c.share()));
        languages.forEach((lang, c) -> metrics.put("eval.cypher.accuracy." + lang, c.share()));
        return JSON.createObjectNode().<ObjectNode>set("metrics", metrics).toString();
    }
}
