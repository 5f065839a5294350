package dev.quipu.kg.text;

import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The terms of all passages, with BM25 (Robertson and Zaragoza, 2009) over them. Terms are numbers here; sets of them are
 * sorted arrays. Immutable.
 */
final class Lexicon {
    private static final float K1 = 0.9f;
    private static final float B = 0.4f;

    private final Map<String, Integer> numbers = new HashMap<>();
    private final int[][] passagesOf;
    private final float[][] scoresOf;
    private final float[] rarity;
    private final int[][] terms;
    private final int[][] titles;
    private final int[][][] sentences;
    private final int[] lengths;

    Lexicon(List<Analysis> passages) {
        int count = passages.size();
        terms = new int[count][];
        titles = new int[count][];
        sentences = new int[count][][];
        lengths = new int[count];
        int[][] frequencies = new int[count][];
        long total = 0;
        for (int p = 0; p < count; p++) {
            Analysis passage = passages.get(p);
            terms[p] = numbered(passage.counts().keySet());
            titles[p] = numbered(passage.titleTerms());
            sentences[p] = passage.sentenceTerms().stream().map(this::numbered).toArray(int[][]::new);
            frequencies[p] = new int[terms[p].length];
            for (Map.Entry<String, Integer> entry : passage.counts().entrySet()) {
                int at = Arrays.binarySearch(terms[p], number(entry.getKey()));
                frequencies[p][at] = entry.getValue();
                lengths[p] += entry.getValue();
            }
            total += lengths[p];
        }
        int[] spread = new int[numbers.size()];
        for (int[] of : terms) {
            for (int term : of) {
                spread[term]++;
            }
        }
        rarity = new float[spread.length];
        passagesOf = new int[spread.length][];
        scoresOf = new float[spread.length][];
        for (int t = 0; t < spread.length; t++) {
            rarity[t] = (float) Math.log(1 + (count - spread[t] + 0.5) / (spread[t] + 0.5));
            passagesOf[t] = new int[spread[t]];
            scoresOf[t] = new float[spread[t]];
        }
        fill(frequencies, count == 0 ? 1 : (float) total / count, new int[spread.length]);
    }

    private void fill(int[][] frequencies, float average, int[] next) {
        for (int p = 0; p < terms.length; p++) {
            for (int i = 0; i < terms[p].length; i++) {
                int term = terms[p][i];
                float often = frequencies[p][i];
                int at = next[term]++;
                passagesOf[term][at] = p;
                scoresOf[term][at] =
                        rarity[term] * often * (K1 + 1) / (often + K1 * (1 - B + B * lengths[p] / average));
            }
        }
    }

    private int number(String term) {
        Integer known = numbers.putIfAbsent(term, numbers.size());
        return known == null ? numbers.size() - 1 : known;
    }

    private int[] numbered(Collection<String> words) {
        return words.stream().mapToInt(this::number).sorted().toArray();
    }

    /** The number of a term that some passage has. */
    Optional<Integer> known(String term) {
        return Optional.ofNullable(numbers.get(term)).filter(t -> t < passagesOf.length);
    }

    /** How much a term tells passages apart. */
    float rarity(int term) {
        return rarity[term];
    }

    /** What a term that no passage has would be worth. */
    float unknownRarity() {
        return (float) Math.log(1 + terms.length);
    }

    /** Adds the scores of a term to those of passages. */
    void score(int term, float[] scores) {
        int[] in = passagesOf[term];
        float[] by = scoresOf[term];
        for (int i = 0; i < in.length; i++) {
            scores[in[i]] += by[i];
        }
    }

    boolean has(int passage, int term) {
        return Arrays.binarySearch(terms[passage], term) >= 0;
    }

    int[] title(int passage) {
        return titles[passage];
    }

    int[][] sentences(int passage) {
        return sentences[passage];
    }

    int length(int passage) {
        return lengths[passage];
    }
}
