package dev.quipu.training.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * chrF from 0 to 100 (Popović, 2015) as sacrebleu computes it: the F-score, recall counting twice, of runs of one to six
 * characters; chrF++ with words and pairs of words.
 *
 * @param words the longest run of words: 0 for chrF, 2 for chrF++
 */
public record Chrf(int words) implements Metric {
    public static final Chrf CHARACTERS = new Chrf(0);
    public static final Chrf PLUS_PLUS = new Chrf(2);

    private static final int ORDER = 6;
    private static final double FACTOR = 4;
    private static final String PUNCTUATION = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";

    @Override
    public String name() {
        return "chrf" + "+".repeat(words);
    }

    /** For each order the n-grams that were said, that were wanted, and that both are, by the best reference. */
    @Override
    public double[] statistics(String said, List<String> references) {
        List<Map<List<String>, Integer>> grams = grams(said);
        double[] best = {};
        double score = -1;
        for (String reference : references) {
            double[] statistics = statistics(grams, grams(reference));
            if (score(statistics) > score) {
                score = score(statistics);
                best = statistics;
            }
        }
        return best;
    }

    private static double[] statistics(List<Map<List<String>, Integer>> said, List<Map<List<String>, Integer>> wanted) {
        double[] statistics = new double[3 * said.size()];
        for (int i = 0; i < said.size(); i++) {
            // What cannot be hit is no miss.
            statistics[3 * i] = wanted.get(i).isEmpty() ? 0 : Words.total(said.get(i));
            statistics[3 * i + 1] = Words.total(wanted.get(i));
            statistics[3 * i + 2] = Words.common(said.get(i), wanted.get(i));
        }
        return statistics;
    }

    private List<Map<List<String>, Integer>> grams(String text) {
        List<Map<List<String>, Integer>> grams = new ArrayList<>();
        List<String> characters = Words.characters(text);
        for (int n = 1; n <= ORDER; n++) {
            grams.add(Words.grams(characters, n));
        }
        List<String> parts = words == 0 ? List.of() : parts(text);
        for (int n = 1; n <= words; n++) {
            grams.add(Words.grams(parts, n));
        }
        return grams;
    }

    /** Words, with one punctuation mark at the end or else at the beginning apart. */
    private static List<String> parts(String text) {
        List<String> parts = new ArrayList<>();
        for (String word : Words.split(text)) {
            int last = word.length() - 1;
            if (word.codePointCount(0, word.length()) == 1) {
                parts.add(word);
            } else if (PUNCTUATION.indexOf(word.charAt(last)) >= 0) {
                parts.add(word.substring(0, last));
                parts.add(word.substring(last));
            } else if (PUNCTUATION.indexOf(word.charAt(0)) >= 0) {
                parts.add(word.substring(0, 1));
                parts.add(word.substring(1));
            } else {
                parts.add(word);
            }
        }
        return parts;
    }

    @Override
    public double score(double[] sums) {
        double precision = 0;
        double recall = 0;
        int orders = 0;
        for (int i = 0; i < sums.length; i += 3) {
            if (sums[i] > 0 && sums[i + 1] > 0) {
                precision += sums[i + 2] / sums[i];
                recall += sums[i + 2] / sums[i + 1];
                orders++;
            }
        }
        if (precision + recall == 0) {
            return 0;
        }
        precision /= orders;
        recall /= orders;
        return 100 * (1 + FACTOR) * precision * recall / (FACTOR * precision + recall);
    }
}
