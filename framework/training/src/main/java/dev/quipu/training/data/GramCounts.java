package dev.quipu.training.data;

import java.util.Arrays;
import java.util.List;

/**
 * Runs of words and how often each was there, by hashes of 64 bits in one table: made once for a text, and filled anew for
 * each length of runs.
 */
final class GramCounts {
    private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

    private final long[] words;
    private final int[] ends;
    private final long[] keys;
    private final int[] counts;

    GramCounts(List<String> texts) {
        words = new long[texts.size()];
        ends = new int[texts.size() + 1];
        for (int i = 0; i < words.length; i++) {
            String text = texts.get(i);
            long hash = text.length();
            for (int j = 0; j < text.length(); j++) {
                hash = (hash ^ text.charAt(j)) * MULTIPLIER;
                hash ^= hash >>> 32;
            }
            words[i] = hash;
            ends[i + 1] = ends[i] + text.length();
        }
        int size = Integer.highestOneBit(Math.max(1, words.length)) * 4;
        keys = new long[size];
        counts = new int[size];
    }

    /** Characters of all words. */
    int characters() {
        return ends[words.length];
    }

    private int characters(int from, int n) {
        return ends[from + n] - ends[from];
    }

    /** Counts the run of {@code n} words at a place once more. */
    private int count(int from, int n) {
        long key = n;
        for (int i = from; i < from + n; i++) {
            key = (key ^ words[i]) * MULTIPLIER;
            key ^= key >>> 29;
        }
        int slot = (int) (key >>> 32) & (keys.length - 1);
        while (counts[slot] > 0 && keys[slot] != key) {
            slot = (slot + 1) & (keys.length - 1);
        }
        keys[slot] = key;
        return ++counts[slot];
    }

    /** Most characters that all occurrences of one run of {@code n} words have, where there are several. */
    int mostByOne(int n) {
        Arrays.fill(counts, 0);
        int most = 0;
        for (int i = 0; i + n <= words.length; i++) {
            int count = count(i, n);
            most = count > 1 ? Math.max(most, count * characters(i, n)) : most;
        }
        return most;
    }

    /** Characters of runs of {@code n} words that were there before; none is counted twice. */
    int repeated(int n) {
        Arrays.fill(counts, 0);
        int repeated = 0;
        for (int i = 0; i + n <= words.length; ) {
            if (count(i, n) > 1) {
                repeated += characters(i, n);
                i += n;
            } else {
                i++;
            }
        }
        return repeated;
    }
}
