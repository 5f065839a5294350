package dev.quipu.kg.text;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * How texts are compared: as words in lower case without accents, or as terms, which are words less their English endings
 * and less the words that say nothing. Chinese has no spaces: each character is a word and each pair of neighbours a term.
 */
final class Terms {
    private static final Pattern MARKS = Pattern.compile("\\p{M}+");
    private static final List<String> ENDINGS = List.of("ingly", "edly", "ing", "ies", "ed", "es", "s", "ly");
    private static final Set<String> STOP =
            Set.of(("a an the of in on at to for and or is are was were be been by with as"
                            + " from that this which who whom whose what when where how did do does has have had it its he she his"
                            + " her their they them than then also not no s t into about after before during between both same"
                            + " other more most such i you we many much would will can could may 的 了 是 在 和 有 吗 呢 与 及 也 都 就"
                            + " 而 这 那 它 他 她 们 我 你 您 着 被 把 谁 哪 什 么 多 少 几 之 为 以")
                    .split(" "));

    private Terms() {}

    static boolean stop(String word) {
        return STOP.contains(word);
    }

    /** The words of a text, in order. */
    static List<String> words(String text) {
        String plain = MARKS.matcher(Normalizer.normalize(text, Normalizer.Form.NFKD))
                .replaceAll("")
                .toLowerCase(Locale.ROOT);
        List<String> words = new ArrayList<>();
        int start = -1;
        for (int i = 0; i < plain.length(); ) {
            int c = plain.codePointAt(i);
            int width = Character.charCount(c);
            boolean han = Character.isIdeographic(c);
            boolean letter = !han && Character.isLetterOrDigit(c);
            if (letter && start < 0) {
                start = i;
            }
            if (!letter && start >= 0) {
                words.add(plain.substring(start, i));
                start = -1;
            }
            if (han) {
                words.add(plain.substring(i, i + width));
            }
            i += width;
        }
        if (start >= 0) {
            words.add(plain.substring(start));
        }
        return words;
    }

    /** The terms of words, in order. */
    static List<String> terms(List<String> words) {
        List<String> terms = new ArrayList<>();
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if (STOP.contains(word)) {
                continue;
            }
            if (!han(word)) {
                terms.add(stem(word));
            } else if (i + 1 < words.size() && han(words.get(i + 1)) && !STOP.contains(words.get(i + 1))) {
                terms.add(word + words.get(i + 1));
            } else if (i == 0 || !han(words.get(i - 1)) || STOP.contains(words.get(i - 1))) {
                terms.add(word);
            }
        }
        return terms;
    }

    static List<String> termsOf(String text) {
        return terms(words(text));
    }

    static boolean han(String word) {
        return Character.isIdeographic(word.codePointAt(0));
    }

    private static String stem(String word) {
        for (String ending : ENDINGS) {
            if (word.endsWith(ending) && word.length() - ending.length() >= 3) {
                return word.substring(0, word.length() - ending.length()) + (ending.equals("ies") ? "y" : "");
            }
        }
        return word;
    }

    /** The form under which a name is an entity: its words without the article before them; empty if it says nothing. */
    static String key(String name) {
        List<String> words = words(name);
        int start = 0;
        while (start < words.size() && Set.of("the", "a", "an").contains(words.get(start))) {
            start++;
        }
        List<String> rest = words.subList(start, words.size());
        return says(rest) ? String.join(" ", rest) : "";
    }

    /** Whether words can be a name: not all of them are stop words, and it is more than a syllable. */
    static boolean says(List<String> words) {
        return words.stream().anyMatch(w -> !STOP.contains(w))
                && (words.size() > 1 || (words.size() == 1 && words.getFirst().length() > 2));
    }
}
