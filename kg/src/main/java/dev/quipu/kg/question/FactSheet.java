package dev.quipu.kg.question;

import dev.quipu.Decision;
import dev.quipu.Fact;
import dev.quipu.Language;
import dev.quipu.Verification;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToIntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Facts as a model is shown them, and the check of what it makes of them; for applications that have a model word answers
 * without the assistant.
 *
 * <p>A line a fact, {@code [f1] Order W1 is pending.}, as many as a budget of tokens holds, in their order. A model may cite
 * them in the same way. A sentence with citations is held against the cited facts alone, one without against all that were
 * shown; a citation of a fact that was not shown is an unsupported claim.
 *
 * @param shown the facts that fit
 * @param leftOut those that did not
 */
public record FactSheet(List<Fact> shown, List<Fact> leftOut) {
    private static final Pattern CITATION = Pattern.compile("\\[(\\w+)]");
    private static final Pattern BEHIND = Pattern.compile("([.!?。！？])\\s*((?:\\[\\w+]\\s*)+)");

    public FactSheet {
        shown = List.copyOf(shown);
        leftOut = List.copyOf(leftOut);
    }

    /**
     * The first facts that fit.
     *
     * @param budget how many tokens their lines may have together
     * @param tokens counts the tokens of a line, as the model that will read them does
     */
    public static FactSheet within(int budget, List<Fact> facts, ToIntFunction<String> tokens) {
        int left = budget;
        int fit = 0;
        while (fit < facts.size()) {
            left -= tokens.applyAsInt(line(facts.get(fit)));
            if (left < 0) {
                break;
            }
            fit++;
        }
        return new FactSheet(facts.subList(0, fit), facts.subList(fit, facts.size()));
    }

    private static String line(Fact fact) {
        return "[" + fact.id() + "] " + fact.text() + "\n";
    }

    /** The lines. */
    public String text() {
        StringBuilder text = new StringBuilder();
        shown.forEach(fact -> text.append(line(fact)));
        return text.toString();
    }

    /** Whether every number, id and name of a draft stands in what it cites, a decision or the question. */
    public Verification check(String draft, String question, List<Decision> decisions) {
        Set<String> claims = new LinkedHashSet<>();
        Set<String> unsupported = new LinkedHashSet<>();
        // "It is pending. [f1]" cites for the sentence before the full stop.
        String moved = BEHIND.matcher(draft).replaceAll(" $2$1 ");
        for (String sentence : Sentences.of(moved, Language.detect(draft))) {
            Verification one = ClaimChecker.check(
                    CITATION.matcher(sentence).replaceAll(" "), question, sources(sentence, unsupported), decisions);
            claims.addAll(one.claims());
            unsupported.addAll(one.unsupported());
        }
        return new Verification(List.copyOf(claims), List.copyOf(unsupported));
    }

    private List<Fact> sources(String sentence, Set<String> unsupported) {
        List<Fact> cited = new ArrayList<>();
        Matcher citation = CITATION.matcher(sentence);
        boolean any = false;
        while (citation.find()) {
            any = true;
            Optional<Fact> fact = fact(citation.group(1));
            fact.ifPresentOrElse(cited::add, () -> unsupported.add(citation.group()));
        }
        return any ? cited : shown;
    }

    private Optional<Fact> fact(String id) {
        return shown.stream().filter(f -> f.id().equals(id)).findFirst();
    }

    /** The facts that a draft cites, in the order of its citations. */
    public List<Fact> cited(String draft) {
        return CITATION.matcher(draft)
                .results()
                .flatMap(r -> fact(r.group(1)).stream())
                .distinct()
                .toList();
    }

    /** The draft if it holds, else the sentence that code made of the facts. */
    public String settle(String draft, String question, List<Decision> decisions, String template) {
        return check(draft, question, decisions).holds() ? draft : template;
    }
}
