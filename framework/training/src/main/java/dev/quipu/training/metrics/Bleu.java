package dev.quipu.training.metrics;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * BLEU from 0 to 100 (Papineni et al., 2002) as sacrebleu computes it, with exponential smoothing.
 *
 * @param tokens how texts are cut
 * @param sentence whether orders of n-grams that a text is too short for are left out, which is for scores of single
 *     sentences
 */
public record Bleu(BleuTokens tokens, boolean sentence) implements Metric {
    private static final int ORDER = 4;

    /** For corpora. */
    public static Bleu corpus(BleuTokens tokens) {
        return new Bleu(tokens, false);
    }

    @Override
    public String name() {
        return "bleu";
    }

    /** Length, reference's length, then matches by order, then n-grams by order. */
    @Override
    public double[] statistics(String said, List<String> references) {
        double[] statistics = new double[2 + 2 * ORDER];
        List<String> words = tokens.of(said.stripTrailing());
        List<List<String>> wanted =
                references.stream().map(r -> tokens.of(r.stripTrailing())).toList();
        statistics[0] = words.size();
        statistics[1] = closest(words.size(), wanted);
        for (int n = 1; n <= ORDER; n++) {
            Map<List<String>, Integer> most = new HashMap<>();
            for (List<String> reference : wanted) {
                Words.grams(reference, n).forEach((gram, count) -> most.merge(gram, count, Math::max));
            }
            Map<List<String>, Integer> grams = Words.grams(words, n);
            statistics[1 + n] = Words.common(grams, most);
            statistics[1 + ORDER + n] = Words.total(grams);
        }
        return statistics;
    }

    /** The length nearest to one, the shorter of two. */
    private static int closest(int length, List<List<String>> references) {
        int closest = references.getFirst().size();
        for (List<String> reference : references) {
            int nearer = Math.abs(length - reference.size()) - Math.abs(length - closest);
            if (nearer < 0 || (nearer == 0 && reference.size() < closest)) {
                closest = reference.size();
            }
        }
        return closest;
    }

    @Override
    public double score(double[] sums) {
        double logarithms = 0;
        double smoothing = 1;
        double matches = 0;
        int order = 0;
        for (int n = 1; n <= ORDER; n++) {
            double matched = sums[1 + n];
            double total = sums[1 + ORDER + n];
            matches += matched;
            if (total == 0) {
                break;
            }
            order = n;
            if (matched == 0) {
                smoothing *= 2;
            }
            logarithms += Math.log(matched == 0 ? 100 / (smoothing * total) : 100 * matched / total);
        }
        if (matches == 0 || (!sentence && order < ORDER)) {
            return 0;
        }
        double brevity = sums[0] < sums[1] ? Math.exp(1 - sums[1] / sums[0]) : 1;
        return brevity * Math.exp(logarithms / order);
    }
}
