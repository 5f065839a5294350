package dev.quipu.kg.question;

import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads misspelt English words as the words of a suite's examples that are one slip away: a letter too many, too few,
 * another, or two in the wrong order (Damerau, 1964). Long words may have two slips. What is not close to any known word,
 * and every word that is known, stays as it is.
 */
final class Spelling {
    private static final Pattern WORD = Pattern.compile("[A-Za-z]{5,20}");
    private static final int LONG = 9;

    private final Map<String, Integer> known = new HashMap<>();

    Spelling(Collection<String> texts) {
        for (String text : texts) {
            Matcher word = Pattern.compile("[A-Za-z]+").matcher(text);
            while (word.find()) {
                known.merge(word.group().toLowerCase(Locale.ROOT), 1, Integer::sum);
            }
        }
    }

    String correct(String text) {
        return WORD.matcher(text).replaceAll(this::correct);
    }

    private String correct(MatchResult match) {
        String word = match.group().toLowerCase(Locale.ROOT);
        if (known.containsKey(word)) {
            return match.group();
        }
        int allowed = word.length() >= LONG ? 2 : 1;
        String best = match.group();
        int fewest = allowed + 1;
        int commonest = 0;
        for (Map.Entry<String, Integer> entry : known.entrySet()) {
            String candidate = entry.getKey();
            boolean possible = candidate.length() >= 4
                    && candidate.charAt(0) == word.charAt(0)
                    && Math.abs(candidate.length() - word.length()) <= allowed;
            int slips = possible ? slips(word, candidate) : allowed + 1;
            if (slips < fewest || (slips == fewest && slips <= allowed && entry.getValue() > commonest)) {
                best = candidate;
                fewest = slips;
                commonest = entry.getValue();
            }
        }
        // "priced" for "price" is grammar, not a slip.
        return word.startsWith(best) || best.startsWith(word) ? match.group() : best;
    }

    /** The optimal string alignment distance. */
    static int slips(String a, String b) {
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    d[i][j] = i + j;
                    continue;
                }
                int change = d[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                d[i][j] = Math.min(change, 1 + Math.min(d[i - 1][j], d[i][j - 1]));
                boolean swapped =
                        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
                if (swapped) {
                    d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
                }
            }
        }
        return d[a.length()][b.length()];
    }
}
