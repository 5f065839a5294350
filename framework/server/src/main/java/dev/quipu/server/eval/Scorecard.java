package dev.quipu.server.eval;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Compares written answers with the gold of their questions; it runs after the last answer, so no answer can depend on
 * gold.
 *
 * <p>An answer is right when each text of {@code gold.all} stands in it, one of {@code gold.any} where there are any, and
 * none of {@code gold.none}; as whole words and numbers, whatever the case and the commas in thousands.
 *
 * @param families by kind of question: right ones and all
 * @param paths by kind of question: what answered how many
 * @param answerable over the questions that the data answers
 * @param unanswerable over those that it does not, where the right answer is to say so
 */
public record Scorecard(
        Map<String, Count> families, Map<String, Map<String, Integer>> paths, Count answerable, Count unanswerable) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern THOUSANDS = Pattern.compile("(?<=\\d),(?=\\d{3}\\b)");

    /** How many of how many are right. */
    public record Count(int right, int of) {
        Count plus(boolean correct) {
            return new Count(right + (correct ? 1 : 0), of + 1);
        }

        double share() {
            return of == 0 ? 0 : (double) right / of;
        }
    }

    /** @throws EvalException if a file cannot be read or a question has no gold */
    public static Scorecard of(Path questions, Path answers) {
        try {
            Map<String, String> given = new HashMap<>();
            Map<String, String> by = new HashMap<>();
            for (String line : Files.readAllLines(answers)) {
                JsonNode answer = JSON.readTree(line);
                given.put(answer.path("id").asText(), answer.path("answer").asText());
                by.put(answer.path("id").asText(), answer.path("path").asText("model"));
            }
            Map<String, Count> families = new TreeMap<>();
            Map<String, Map<String, Integer>> paths = new TreeMap<>();
            Count answerable = new Count(0, 0);
            Count unanswerable = answerable;
            for (String line : Files.readAllLines(questions)) {
                JsonNode question = line.isBlank() ? JSON.nullNode() : JSON.readTree(line);
                String id = question.path("id").asText();
                if (!given.containsKey(id)) {
                    continue;
                }
                if (!question.path("gold").isObject()) {
                    throw new EvalException(EvalError.GOLD, questions + ": question " + id + " has no gold.");
                }
                boolean right = isRight(given.getOrDefault(id, ""), question.path("gold"));
                String family = question.path("family").asText("all");
                paths.computeIfAbsent(family, f -> new TreeMap<>())
                        .merge(by.getOrDefault(id, "model"), 1, Integer::sum);
                families.merge(
                        family,
                        new Count(0, 0).plus(right),
                        (a, b) -> new Count(a.right() + b.right(), a.of() + b.of()));
                if (question.path("answerable").asBoolean(true)) {
                    answerable = answerable.plus(right);
                } else {
                    unanswerable = unanswerable.plus(right);
                }
            }
            return new Scorecard(families, paths, answerable, unanswerable);
        } catch (IOException e) {
            throw new EvalException(EvalError.IO, "The answers cannot be scored: " + e.getMessage() + ".", e);
        }
    }

    static boolean isRight(String answer, JsonNode gold) {
        String text = normal(answer);
        List<String> any = texts(gold.path("any"));
        return !text.isBlank()
                && texts(gold.path("all")).stream().allMatch(t -> holds(text, t))
                && (any.isEmpty() || any.stream().anyMatch(t -> holds(text, t)))
                && texts(gold.path("none")).stream().noneMatch(t -> holds(text, t));
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(t -> texts.add(normal(t.asText())));
        return texts;
    }

    private static String normal(String text) {
        return THOUSANDS
                .matcher(text.toLowerCase(Locale.ROOT).replace('’', '\''))
                .replaceAll("");
    }

    private static boolean holds(String text, String piece) {
        String left = piece.matches("(?s)[a-z0-9].*") ? "(?<![a-z0-9.])" : "";
        String right = piece.matches("(?s).*[a-z0-9]") ? "(?![a-z0-9]|\\.\\d)" : "";
        Matcher matcher = Pattern.compile(left + Pattern.quote(piece) + right).matcher(text);
        return matcher.find();
    }

    private Count all() {
        return new Count(answerable.right() + unanswerable.right(), answerable.of() + unanswerable.of());
    }

    /** A line a kind of question with what answered it, then the whole. */
    public String table() {
        StringBuilder table = new StringBuilder();
        families.forEach((name, count) -> table.append("%-22s %4d / %4d  %s%n"
                .formatted(name, count.right(), count.of(), paths.getOrDefault(name, Map.of()))));
        table.append("right: %.1f %% of %d, answerable %.1f %% of %d, unanswerable %.1f %% of %d"
                .formatted(
                        100 * all().share(),
                        all().of(),
                        100 * answerable.share(),
                        answerable.of(),
                        100 * unanswerable.share(),
                        unanswerable.of()));
        return table.toString();
    }

    /** Adds the shares to metrics. */
    public void addTo(ObjectNode metrics) {
        metrics.put("eval.qa.accuracy", all().share())
                .put("eval.qa.accuracy_answerable", answerable.share())
                .put("eval.qa.accuracy_unanswerable", unanswerable.share());
    }
}
