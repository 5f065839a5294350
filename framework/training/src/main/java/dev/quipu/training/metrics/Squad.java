package dev.quipu.training.metrics;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Exact match and F1 of short answers from 0 to 1, as the evaluation of SQuAD 2.0 computes them: without case, punctuation
 * and English articles; of several references the best; of a set the mean. Each Chinese character is a word of its own, as
 * the evaluation of CMRC 2018 has it, so that Chinese answers share words at all.
 *
 * @param whole whether all of it has to be right, or words count
 */
public record Squad(boolean whole) implements Metric {
    public static final Squad EXACT = new Squad(true);
    public static final Squad F1 = new Squad(false);

    private static final Pattern ARTICLES = Pattern.compile("\\b(a|an|the)\\b", Pattern.UNICODE_CHARACTER_CLASS);
    private static final String PUNCTUATION = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";
    private static final String CHINESE = "，。、；：？！“”‘’（）《》【】…—·";

    @Override
    public String name() {
        return whole ? "exact" : "f1";
    }

    @Override
    public double[] statistics(String said, List<String> references) {
        List<String> words = words(said);
        double best = 0;
        for (String reference : references) {
            best = Math.max(best, value(words, words(reference)));
        }
        return new double[] {best, 1};
    }

    private double value(List<String> said, List<String> wanted) {
        if (whole || said.isEmpty() || wanted.isEmpty()) {
            return said.equals(wanted) ? 1 : 0;
        }
        Map<List<String>, Integer> grams = Words.grams(said, 1);
        double common = Words.common(grams, Words.grams(wanted, 1));
        return 2 * common / (said.size() + wanted.size());
    }

    private static List<String> words(String text) {
        boolean han = text.codePoints().anyMatch(Words::isHan);
        StringBuilder plain = new StringBuilder();
        text.toLowerCase(Locale.ROOT)
                .codePoints()
                .filter(c -> PUNCTUATION.indexOf(c) < 0 && !(han && CHINESE.indexOf(c) >= 0))
                .forEach(plain::appendCodePoint);
        StringBuilder apart = new StringBuilder();
        ARTICLES.matcher(plain).replaceAll(" ").codePoints().forEach(c -> {
            String gap = Words.isHan(c) ? " " : "";
            apart.append(gap).appendCodePoint(c).append(gap);
        });
        return Words.split(apart.toString());
    }

    @Override
    public double score(double[] sums) {
        return sums[0] / sums[1];
    }
}
