package dev.quipu.training.data;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Signatures of texts (A. Z. Broder, On the resemblance and containment of documents, 1997): for each of 128 hash functions
 * the least hash of the text's pieces. Two texts agree in one with the probability of their Jaccard similarity {@code s}.
 *
 * <p>Of a value only eight bits are kept, which are enough to tell most others from it (P. Li and A. C. König, b-bit minwise
 * hashing, 2010). Runs of values are numbers by which alike texts find each other: two texts agree in one of 16 runs of eight
 * with the probability {@code 1 - (1 - s^8)^16}, which is half at 0.7 and nearly one above 0.85, and in one of 32 runs of four
 * with {@code 1 - (1 - s^4)^32}, which is 0.99 at 0.6.
 */
final class MinHash {
    static final int FUNCTIONS = 128;

    private final int[] multipliers = new int[FUNCTIONS];
    private final int[] addends = new int[FUNCTIONS];

    MinHash() {
        // Files of one run alone are compared, but the same files should give the same result tomorrow.
        SplittableRandom random = new SplittableRandom(1997);
        for (int i = 0; i < FUNCTIONS; i++) {
            multipliers[i] = random.nextInt() | 1;
            addends[i] = random.nextInt();
        }
    }

    /** The least value of every function. Four pieces a pass, so that the compiler's vectors stay in registers longer. */
    void sign(int[] pieces, int[] signature) {
        Arrays.fill(signature, Integer.MAX_VALUE);
        int i = 0;
        for (; i + 4 <= pieces.length; i += 4) {
            four(pieces[i], pieces[i + 1], pieces[i + 2], pieces[i + 3], signature);
        }
        for (; i < pieces.length; i++) {
            four(pieces[i], pieces[i], pieces[i], pieces[i], signature);
        }
    }

    private void four(int a, int b, int c, int d, int[] signature) {
        int[] multiplier = multipliers;
        int[] addend = addends;
        for (int f = 0; f < FUNCTIONS; f++) {
            int least = Math.min(
                    Math.min(multiplier[f] * a + addend[f], multiplier[f] * b + addend[f]),
                    Math.min(multiplier[f] * c + addend[f], multiplier[f] * d + addend[f]));
            signature[f] = Math.min(signature[f], least);
        }
    }

    /** The eight bits that are kept. */
    static byte small(int value) {
        return (byte) (value ^ value >>> 11 ^ value >>> 22);
    }

    /** The similarity that the agreement of so many small values speaks for. */
    static double similarity(int agreeing) {
        double chance = 1 / 256.0;
        return Math.max(0, ((double) agreeing / FUNCTIONS - chance) / (1 - chance));
    }
}
