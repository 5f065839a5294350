package dev.quipu.training.metrics;

import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Takes the endings off English words (Porter, An algorithm for suffix stripping, 1980), with the changes that NLTK made to
 * it, because rouge-score uses that one: a few irregular words, short words in -ies and -ied, -y behind a consonant alone.
 */
final class PorterStemmer {
    private static final Map<String, String> IRREGULAR = Map.ofEntries(
            Map.entry("sky", "sky"),
            Map.entry("skies", "sky"),
            Map.entry("dying", "die"),
            Map.entry("lying", "lie"),
            Map.entry("tying", "tie"),
            Map.entry("news", "news"),
            Map.entry("innings", "inning"),
            Map.entry("inning", "inning"),
            Map.entry("outings", "outing"),
            Map.entry("outing", "outing"),
            Map.entry("cannings", "canning"),
            Map.entry("canning", "canning"),
            Map.entry("howe", "howe"),
            Map.entry("proceed", "proceed"),
            Map.entry("exceed", "exceed"),
            Map.entry("succeed", "succeed"));

    private record Rule(String ending, String replacement, Predicate<String> condition) {}

    private static final List<Rule> STEP_2 = List.of(
            some("ational", "ate"),
            some("tional", "tion"),
            some("enci", "ence"),
            some("anci", "ance"),
            some("izer", "ize"),
            some("bli", "ble"),
            some("alli", "al"),
            some("entli", "ent"),
            some("eli", "e"),
            some("ousli", "ous"),
            some("ization", "ize"),
            some("ation", "ate"),
            some("ator", "ate"),
            some("alism", "al"),
            some("iveness", "ive"),
            some("fulness", "ful"),
            some("ousness", "ous"),
            some("aliti", "al"),
            some("iviti", "ive"),
            some("biliti", "ble"),
            some("fulli", "ful"),
            // The condition looks at the word up to -log.
            new Rule("logi", "log", stem -> measure(stem + "l") > 0));

    private static final List<Rule> STEP_3 = List.of(
            some("icate", "ic"),
            some("ative", ""),
            some("alize", "al"),
            some("iciti", "ic"),
            some("ical", "ic"),
            some("ful", ""),
            some("ness", ""));

    private static final List<Rule> STEP_4 = List.of(
            many("al"),
            many("ance"),
            many("ence"),
            many("er"),
            many("ic"),
            many("able"),
            many("ible"),
            many("ant"),
            many("ement"),
            many("ment"),
            many("ent"),
            new Rule("ion", "", stem -> measure(stem) > 1 && (stem.endsWith("s") || stem.endsWith("t"))),
            many("ou"),
            many("ism"),
            many("ate"),
            many("iti"),
            many("ous"),
            many("ive"),
            many("ize"));

    private PorterStemmer() {}

    private static Rule some(String ending, String replacement) {
        return new Rule(ending, replacement, stem -> measure(stem) > 0);
    }

    private static Rule many(String ending) {
        return new Rule(ending, "", stem -> measure(stem) > 1);
    }

    /** The stem of a word in lower case. */
    static String stem(String word) {
        if (IRREGULAR.containsKey(word)) {
            return IRREGULAR.getOrDefault(word, word);
        }
        if (word.length() <= 2) {
            return word;
        }
        String stem = participle(plural(word));
        if (stem.endsWith("y") && stem.length() > 2 && isConsonant(stem, stem.length() - 2)) {
            stem = stem.substring(0, stem.length() - 1) + "i";
        }
        stem = apply(STEP_4, apply(STEP_3, second(stem)));
        return last(stem);
    }

    private static String plural(String word) {
        if (word.endsWith("ies") && word.length() == 4) {
            return cut(word, 1);
        }
        if (word.endsWith("sses") || word.endsWith("ies")) {
            return cut(word, 2);
        }
        return word.endsWith("s") && !word.endsWith("ss") ? cut(word, 1) : word;
    }

    private static String participle(String word) {
        if (word.endsWith("ied")) {
            return cut(word, word.length() == 4 ? 1 : 2);
        }
        if (word.endsWith("eed")) {
            return measure(cut(word, 3)) > 0 ? cut(word, 1) : word;
        }
        for (String ending : List.of("ed", "ing")) {
            String stem = word.endsWith(ending) ? cut(word, ending.length()) : "";
            if (hasVowel(stem)) {
                return mended(stem);
            }
        }
        return word;
    }

    private static String mended(String stem) {
        if (stem.endsWith("at") || stem.endsWith("bl") || stem.endsWith("iz")) {
            return stem + "e";
        }
        if (endsDouble(stem)) {
            return "lsz".indexOf(stem.charAt(stem.length() - 1)) < 0 ? cut(stem, 1) : stem;
        }
        return measure(stem) == 1 && endsShort(stem) ? stem + "e" : stem;
    }

    private static String second(String word) {
        if (word.endsWith("alli") && measure(cut(word, 4)) > 0) {
            return second(cut(word, 2));
        }
        return apply(STEP_2, word);
    }

    private static String last(String word) {
        String stem = word;
        if (word.endsWith("e")) {
            String shorter = cut(word, 1);
            int measure = measure(shorter);
            stem = measure > 1 || (measure == 1 && !endsShort(shorter)) ? shorter : word;
        }
        return stem.endsWith("ll") && measure(cut(stem, 1)) > 1 ? cut(stem, 1) : stem;
    }

    /** The first rule whose ending fits decides. */
    private static String apply(List<Rule> rules, String word) {
        for (Rule rule : rules) {
            if (word.endsWith(rule.ending)) {
                String stem = cut(word, rule.ending.length());
                return rule.condition.test(stem) ? stem + rule.replacement : word;
            }
        }
        return word;
    }

    private static String cut(String word, int letters) {
        return word.substring(0, word.length() - letters);
    }

    /** Each letter but a, e, i, o, u, and y behind a consonant. */
    private static boolean[] consonants(String word) {
        boolean[] consonants = new boolean[word.length()];
        for (int i = 0; i < consonants.length; i++) {
            consonants[i] = switch (word.charAt(i)) {
                case 'a', 'e', 'i', 'o', 'u' -> false;
                case 'y' -> i == 0 || !consonants[i - 1];
                default -> true;
            };
        }
        return consonants;
    }

    private static boolean isConsonant(String word, int at) {
        return consonants(word)[at];
    }

    /** How often a vowel is followed by a consonant. */
    private static int measure(String stem) {
        boolean[] consonants = consonants(stem);
        int measure = 0;
        for (int i = 1; i < consonants.length; i++) {
            measure += consonants[i] && !consonants[i - 1] ? 1 : 0;
        }
        return measure;
    }

    private static boolean hasVowel(String stem) {
        for (boolean consonant : consonants(stem)) {
            if (!consonant) {
                return true;
            }
        }
        return false;
    }

    private static boolean endsDouble(String word) {
        int last = word.length() - 1;
        return last >= 1 && word.charAt(last) == word.charAt(last - 1) && isConsonant(word, last);
    }

    /** Consonant, vowel, consonant but w, x and y; or vowel and consonant alone. */
    private static boolean endsShort(String word) {
        int last = word.length() - 1;
        if (last == 1) {
            return !isConsonant(word, 0) && isConsonant(word, 1);
        }
        return last >= 2
                && isConsonant(word, last - 2)
                && !isConsonant(word, last - 1)
                && isConsonant(word, last)
                && "wxy".indexOf(word.charAt(last)) < 0;
    }
}
