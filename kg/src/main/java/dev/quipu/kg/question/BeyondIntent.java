package dev.quipu.kg.question;

import dev.quipu.Intent;
import dev.quipu.Language;
import dev.quipu.Mention;
import dev.quipu.Question;
import dev.quipu.kg.cypher.Exposure;
import dev.quipu.kg.cypher.Exposure.Place;
import dev.quipu.kg.question.IntentDefinition.QueryCase;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Tells whether a question asks for more than an intent's template computes. A template has no gaps for a condition that
 * nobody foresaw: it answers as if the condition were not there, which is true of something else.
 *
 * <p>Signs are a cue of {@code cypher.yaml} that the intent's examples lack; a bound ("more than 3") that its query does not
 * take; a date, where no example has one; a public label whose things the linker does not find, where no example speaks of
 * it; and what the customer bought, where the intent is about everybody's data.
 */
final class BeyondIntent {
    /** The months whose names are nothing else. */
    static final List<String> MONTHS = List.of(
            "january",
            "february",
            "march",
            "april",
            "june",
            "july",
            "august",
            "september",
            "october",
            "november",
            "december");

    private static final Pattern DATE = Pattern.compile(
            "\\b(?:" + String.join("|", MONTHS) + ")\\b"
                    + "|\\b(?:in|of|since|before|after|until|during|from) (?:19|20)\\d\\d\\b"
                    + "|(?:19|20)\\d\\d年|(?<![\\d个])\\d{1,2}月",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern BOUGHT = Pattern.compile(
            "\\bI(?:['’]ve| have)?(?: ever| already)? (?:bought|ordered|purchased)\\b"
                    + "|\\b(?:did|have) I (?:ever |already )?(?:buy|bought|order|ordered|purchase|purchased)\\b"
                    + "|我.{0,4}(?:买过|买了|订过|订了|购买过|购买了|下过)",
            Pattern.CASE_INSENSITIVE);
    /** Asks whether there is any, as most questions do; no bound. */
    private static final Pattern ANY = Pattern.compile("\\bat least one\\b|至少一", Pattern.CASE_INSENSITIVE);

    private static final Set<String> BOUNDS = Set.of(Quantities.MAXIMUM, Quantities.MINIMUM);

    private final List<String> cues;
    private final Map<Language, List<String>> labels;

    BeyondIntent(Exposure exposure) {
        cues = exposure.cues();
        Set<String> found = exposure.slots().values().stream().map(Place::label).collect(Collectors.toSet());
        labels = Arrays.stream(Language.values())
                .collect(Collectors.toMap(
                        Function.identity(),
                        language -> exposure.labels().keySet().stream()
                                .filter(l -> exposure.open().contains(l) && !found.contains(l))
                                .map(l -> FreeWording.name(exposure, l, language))
                                .toList()));
    }

    boolean goes(Question question, Intent reading, IntentDefinition intent) {
        List<String> examples = intent.examples().getOrDefault(question.language(), List.of());
        String text = question.text();
        return hasCue(text, examples)
                || hasUnusedBound(reading, intent)
                || (DATE.matcher(text).find()
                        && examples.stream().noneMatch(e -> DATE.matcher(e).find()))
                || labels.getOrDefault(question.language(), List.of()).stream()
                        .anyMatch(l -> speaksOf(l, text) && examples.stream().noneMatch(e -> speaksOf(l, e)))
                || (BOUGHT.matcher(text).find()
                        && !intent.own()
                        && !intent.queries().isEmpty());
    }

    /** In the singular or the plural. */
    private static boolean speaksOf(String label, String text) {
        return new AskedWords(Set.copyOf(Words.of(label))).share(text) == 1;
    }

    private boolean hasCue(String text, List<String> examples) {
        String conditions = ANY.matcher(text).replaceAll(" ");
        return cues.stream()
                .filter(cue -> stands(cue, conditions))
                .anyMatch(cue -> examples.stream().noneMatch(e -> stands(cue, e)));
    }

    private static boolean stands(String cue, String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        return Language.detect(cue) == Language.CHINESE
                ? lower.contains(cue)
                : Pattern.compile("\\b" + Pattern.quote(cue) + "\\b")
                        .matcher(lower)
                        .find();
    }

    private static boolean hasUnusedBound(Intent reading, IntentDefinition intent) {
        Set<String> filled = new Slots(reading.mentions()).filled();
        Optional<QueryCase> query = intent.fitting(filled);
        return reading.mentions().stream()
                .map(Mention::slot)
                .filter(BOUNDS::contains)
                .anyMatch(bound -> query.filter(
                                q -> q.when().contains(bound) || q.uses().contains(bound))
                        .isEmpty());
    }
}
