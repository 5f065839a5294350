package dev.quipu.training.data;

import dev.quipu.Language;
import java.util.Arrays;

/**
 * The pieces of a text that its likeness to another is counted by: every run of five characters, of three where the text is
 * Chinese, whose characters carry as much as half a word. A text shorter than that is one piece.
 */
final class Shingles {
    private static final int LATIN = 5;
    private static final int CHINESE = 3;
    private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

    private Shingles() {}

    /** The hash of every piece of a canonical text, in order, with repetitions; at least one. */
    static int[] hashes(String canonical) {
        int size = Math.max(
                1,
                Math.min(canonical.length(), Language.detect(sample(canonical)) == Language.CHINESE ? CHINESE : LATIN));
        int[] hashes = new int[Math.max(1, canonical.length() - size + 1)];
        for (int i = 0; i < hashes.length; i++) {
            long hash = size;
            for (int j = i; j < Math.min(i + size, canonical.length()); j++) {
                hash = hash * MULTIPLIER + canonical.charAt(j);
            }
            hash ^= hash >>> 29;
            hash *= 0xBF58476D1CE4E5B9L;
            hashes[i] = (int) (hash >>> 32);
        }
        return hashes;
    }

    /** The different pieces, sorted. */
    static int[] set(String canonical) {
        int[] sorted = hashes(canonical);
        Arrays.sort(sorted);
        int count = 0;
        for (int hash : sorted) {
            if (count == 0 || sorted[count - 1] != hash) {
                sorted[count++] = hash;
            }
        }
        return Arrays.copyOf(sorted, count);
    }

    /** Pieces that both have, of those that either has. */
    static double jaccard(int[] set, int[] other) {
        int i = 0;
        int j = 0;
        int both = 0;
        while (i < set.length && j < other.length) {
            if (set[i] == other[j]) {
                both++;
                i++;
                j++;
            } else if (set[i] < other[j]) {
                i++;
            } else {
                j++;
            }
        }
        return (double) both / (set.length + other.length - both);
    }

    /** The language of a text shows in its beginning. */
    private static String sample(String text) {
        return text.length() <= 256 ? text : text.substring(0, 256);
    }
}
