package dev.quipu.kg.question;

import dev.quipu.Intent;
import dev.quipu.Language;
import dev.quipu.Question;
import dev.quipu.Understanding;
import dev.quipu.kg.cypher.Exposure;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Tells which questions a written query should answer.
 *
 * <p>Two kinds do: those that no intent covers, and those with a cue, such as "average" or "each", that the best intent's
 * examples do not have, as its template would answer something else. Only questions whose every word is known go there: a
 * word that neither the linker nor any example knows names something that the data does not hold, and a query would
 * answer without it.
 */
final class FreeRoute {
    private final Exposure exposure;
    private final Map<String, IntentDefinition> intents;
    private final Set<String> words = new HashSet<>(Words.STOP);
    private final Set<Integer> characters = new HashSet<>();

    FreeRoute(Exposure exposure, Map<String, IntentDefinition> intents) {
        this.exposure = exposure;
        this.intents = intents;
        Stream<String> asked = Stream.of(
                        exposure.cues().stream(),
                        exposure.words().stream(),
                        exposure.examples().stream().map(Exposure.Example::ask),
                        exposure.names().values().stream().flatMap(n -> n.values().stream()),
                        intents.values().stream()
                                .flatMap(i -> i.examples().values().stream())
                                .flatMap(List::stream))
                .flatMap(s -> s);
        asked.forEach(text -> {
            words.addAll(Words.of(text));
            text.codePoints().forEach(characters::add);
        });
    }

    boolean takes(Question question, Understanding understood, Delexicalized plain, ExampleIndex index) {
        boolean wanted = !Interpreter.covers(understood)
                || hasCue(question, understood.readings().getFirst());
        return wanted && knowsAll(question, plain, index);
    }

    private boolean hasCue(Question question, Intent best) {
        List<String> examples = Optional.ofNullable(intents.get(best.name()))
                .map(i -> i.examples().getOrDefault(question.language(), List.of()))
                .orElse(List.of());
        return exposure.cues().stream()
                .filter(cue -> stands(cue, question.text()))
                .anyMatch(cue -> examples.stream().noneMatch(e -> stands(cue, e)));
    }

    private static boolean stands(String cue, String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        return isHan(cue)
                ? lower.contains(cue)
                : Pattern.compile("\\b" + Pattern.quote(cue) + "\\b")
                        .matcher(lower)
                        .find();
    }

    private boolean knowsAll(Question question, Delexicalized plain, ExampleIndex index) {
        return plain.words().stream()
                .filter(w -> !w.startsWith("{"))
                .allMatch(w -> words.contains(w)
                        || index.knows(w)
                        || w.chars().allMatch(Character::isDigit)
                        || (question.language() == Language.CHINESE
                                && isHan(w)
                                && w.codePoints().allMatch(characters::contains)));
    }

    private static boolean isHan(String text) {
        return text.codePoints().anyMatch(c -> Character.UnicodeScript.of(c) == Character.UnicodeScript.HAN);
    }
}
