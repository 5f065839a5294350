package dev.quipu.training.metrics;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Texts in pieces. What white space is follows Python, in which the measures that these have to equal are written. */
final class Words {
    private Words() {}

    static boolean isSpace(int c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == 0x85;
    }

    static List<String> split(String text) {
        List<String> words = new ArrayList<>();
        int from = -1;
        for (int i = 0; i <= text.length(); i++) {
            boolean inside = i < text.length() && !isSpace(text.charAt(i));
            if (inside && from < 0) {
                from = i;
            } else if (!inside && from >= 0) {
                words.add(text.substring(from, i));
                from = -1;
            }
        }
        return words;
    }

    /** Every character but white space. */
    static List<String> characters(String text) {
        return text.codePoints()
                .filter(c -> !isSpace(c))
                .mapToObj(Character::toString)
                .toList();
    }

    static boolean isHan(int c) {
        return Character.UnicodeScript.of(c) == Character.UnicodeScript.HAN;
    }

    /** How often each run of {@code n} pieces is there. */
    static Map<List<String>, Integer> grams(List<String> pieces, int n) {
        Map<List<String>, Integer> counts = new HashMap<>();
        for (int i = 0; i + n <= pieces.size(); i++) {
            counts.merge(pieces.subList(i, i + n), 1, Integer::sum);
        }
        return counts;
    }

    static int total(Map<List<String>, Integer> grams) {
        return grams.values().stream().mapToInt(n -> n).sum();
    }

    /** How many of them both have. */
    static int common(Map<List<String>, Integer> grams, Map<List<String>, Integer> others) {
        int common = 0;
        for (Map.Entry<List<String>, Integer> gram : grams.entrySet()) {
            common += Math.min(gram.getValue(), others.getOrDefault(gram.getKey(), 0));
        }
        return common;
    }
}
