package dev.quipu.kg.question;

import dev.quipu.Intent;
import dev.quipu.Language;
import dev.quipu.Question;
import dev.quipu.Understanding;
import dev.quipu.kg.cypher.Exposure;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Tells which questions a written query should answer.
 *
 * <p>Two kinds do: those that no intent covers, and those that ask for more than the best intent's template computes, see
 * {@link BeyondIntent}. A question that is like those that the suite declares to be about what its data does not hold is
 * covered: it is refused. Only questions whose every word is known go there: a
 * word that neither the linker nor any example knows names something that the data does not hold, and a query would
 * answer without it.
 */
final class FreeRoute {
    /** From here on a question is one that the suite declares to be about what the data does not hold. */
    private static final double SURE = 0.6;

    private final BeyondIntent beyond;
    private final Map<String, IntentDefinition> intents;
    private final Set<String> words = new HashSet<>(Words.STOP);
    private final Set<Integer> characters = new HashSet<>();

    FreeRoute(Exposure exposure, Map<String, IntentDefinition> intents) {
        this.beyond = new BeyondIntent(exposure);
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
        words.addAll(BeyondIntent.MONTHS);
        asked.forEach(text -> {
            words.addAll(Words.of(text));
            text.codePoints().forEach(characters::add);
        });
    }

    boolean takes(Question question, Understanding understood, Delexicalized plain, ExampleIndex index) {
        return isWanted(question, understood) && knowsAll(question, plain, index);
    }

    private boolean isWanted(Question question, Understanding understood) {
        if (understood.readings().isEmpty()) {
            return true;
        }
        Intent best = understood.readings().getFirst();
        boolean vague = best.name().equals(Interpreter.UNKNOWN) && best.score() < SURE;
        return vague
                || Optional.ofNullable(intents.get(best.name()))
                        .filter(intent -> beyond.goes(question, best, intent))
                        .isPresent();
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
