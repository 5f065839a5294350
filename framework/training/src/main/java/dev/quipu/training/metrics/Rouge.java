package dev.quipu.training.metrics;

import java.util.List;

/**
 * ROUGE from 0 to 1 (Lin, 2004) as rouge-score computes it: the F-score of words, pairs of words, or the longest common
 * sequence; of several references the best; of a set the mean.
 */
public record Rouge(Kind kind, RougeTokens tokens) implements Metric {
    /** What has to be common. */
    public enum Kind {
        /** Words. */
        ROUGE1,
        /** Pairs of words. */
        ROUGE2,
        /** The longest sequence, with gaps. */
        ROUGEL
    }

    /** Precision, recall, and their harmonic mean. */
    public record Value(double precision, double recall, double f) {
        static Value of(double common, double said, double wanted) {
            double precision = common / Math.max(said, 1);
            double recall = common / Math.max(wanted, 1);
            return new Value(precision, recall, common == 0 ? 0 : 2 * precision * recall / (precision + recall));
        }
    }

    @Override
    public String name() {
        return kind.name().toLowerCase(java.util.Locale.ROOT);
    }

    /** The best value over the references. */
    public Value best(String said, List<String> references) {
        List<String> words = tokens.of(said);
        Value best = new Value(0, 0, -1);
        for (String reference : references) {
            Value value = value(words, tokens.of(reference));
            best = value.f() > best.f() ? value : best;
        }
        return best;
    }

    private Value value(List<String> said, List<String> wanted) {
        if (kind == Kind.ROUGEL) {
            return Value.of(longest(said, wanted), said.size(), wanted.size());
        }
        int n = kind == Kind.ROUGE1 ? 1 : 2;
        var grams = Words.grams(said, n);
        var others = Words.grams(wanted, n);
        return Value.of(Words.common(grams, others), Words.total(grams), Words.total(others));
    }

    private static int longest(List<String> said, List<String> wanted) {
        int[] lengths = new int[wanted.size() + 1];
        for (String word : said) {
            int diagonal = 0;
            for (int j = 1; j < lengths.length; j++) {
                int above = lengths[j];
                lengths[j] = word.equals(wanted.get(j - 1)) ? diagonal + 1 : Math.max(above, lengths[j - 1]);
                diagonal = above;
            }
        }
        return lengths[wanted.size()];
    }

    @Override
    public double[] statistics(String said, List<String> references) {
        return new double[] {best(said, references).f(), 1};
    }

    @Override
    public double score(double[] sums) {
        return sums[0] / sums[1];
    }
}
