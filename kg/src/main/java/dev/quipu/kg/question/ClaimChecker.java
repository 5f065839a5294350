package dev.quipu.kg.question;

import dev.quipu.Decision;
import dev.quipu.Fact;
import dev.quipu.Verification;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds what a text claims (numbers, ids, names) and whether the evidence holds it.
 *
 * <p>A number is held when the same amount stands in a fact, a decision or the question, however it is written; an id or
 * name when its characters stand there. Number words up to twelve count as numbers. Names are runs of capitalised words
 * inside a sentence; a single capitalised word at its start is grammar, not a claim.
 */
final class ClaimChecker {
    private static final Pattern ID = Pattern.compile("#?\\b(?=\\w*\\d)(?=\\w*[A-Za-z])[A-Za-z0-9][\\w-]*\\b");
    private static final Pattern EMAIL = Pattern.compile("[\\w.+-]+@[\\w-]+(?:\\.[\\w-]+)+");
    private static final Pattern NUMBER = Pattern.compile("(?<![\\w.])\\d[\\d,]*(?:\\.\\d+)?(?![\\w])");
    private static final Pattern NAME = Pattern.compile("(?<=[\\w,;:] )[A-Z][A-Za-zÀ-ɏ'’-]+(?: [A-Z][A-Za-zÀ-ɏ'’-]+)*");
    private static final List<String> NUMBER_WORDS = List.of(
            "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve");
    private static final Set<String> NOT_NAMES = Set.of("I", "I'm", "I'll", "I've", "Yes", "No", "OK", "PayPal");

    private ClaimChecker() {}

    static Verification check(String text, String question, Collection<Fact> facts, Collection<Decision> decisions) {
        StringBuilder held = new StringBuilder(question).append('\n');
        for (Fact fact : facts) {
            held.append(fact.text()).append('\n');
            values(held, fact.values());
        }
        for (Decision decision : decisions) {
            values(held, decision.values());
        }
        String evidence = held.toString();
        Set<BigDecimal> amounts = amounts(evidence);
        String folded = fold(evidence);
        List<String> claims = new ArrayList<>(claims(text));
        List<String> unsupported = claims.stream()
                .filter(c -> isNumber(c) ? !amounts.contains(amount(c)) : !holds(folded, fold(c)))
                .toList();
        return new Verification(claims, unsupported);
    }

    /** Whether a claim stands in the evidence as a whole, not as a part of another word or id. */
    private static boolean holds(String evidence, String claim) {
        for (int at = evidence.indexOf(claim); at >= 0; at = evidence.indexOf(claim, at + 1)) {
            if (isEdge(evidence, at - 1) && isEdge(evidence, at + claim.length())) {
                return true;
            }
        }
        return false;
    }

    /** Chinese is written without spaces, so only Latin letters and digits continue a word. */
    private static boolean isEdge(String text, int i) {
        return i < 0 || i >= text.length() || text.charAt(i) >= 128 || !Character.isLetterOrDigit(text.charAt(i));
    }

    private static void values(StringBuilder held, Map<String, Object> values) {
        values.values().forEach(v -> held.append(v).append('\n'));
    }

    private static Set<String> claims(String text) {
        Set<String> claims = new LinkedHashSet<>();
        String rest = take(EMAIL, text, claims);
        rest = take(ID, rest, claims);
        rest = take(NUMBER, rest, claims);
        Matcher names = NAME.matcher(rest);
        while (names.find()) {
            if (!NOT_NAMES.contains(names.group())) {
                claims.add(names.group());
            }
        }
        return claims;
    }

    private static String take(Pattern pattern, String text, Set<String> claims) {
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            claims.add(matcher.group());
        }
        return pattern.matcher(text).replaceAll(" ");
    }

    private static Set<BigDecimal> amounts(String evidence) {
        Set<BigDecimal> amounts = new LinkedHashSet<>();
        Matcher numbers = Pattern.compile("\\d[\\d,]*(?:\\.\\d+)?").matcher(evidence);
        while (numbers.find()) {
            amounts.add(amount(numbers.group()));
        }
        for (String word : fold(evidence).split("\\W+")) {
            int value = NUMBER_WORDS.indexOf(word);
            if (value >= 0) {
                amounts.add(BigDecimal.valueOf(value).stripTrailingZeros());
            }
        }
        return amounts;
    }

    private static boolean isNumber(String claim) {
        return NUMBER.matcher(claim).matches();
    }

    private static BigDecimal amount(String number) {
        return new BigDecimal(number.replace(",", "")).stripTrailingZeros();
    }

    private static String fold(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
