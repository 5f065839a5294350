package dev.quipu.training.data;

import java.util.Arrays;

/**
 * Draws the part of each row. Families, which are what near copies, one customer's and one conversation's rows make
 * together, are drawn as a whole, in an order that follows from the seed; test and validation are filled up to their share,
 * and a family that would not fit is learnt from. The same rows in the same order are divided alike each time.
 */
final class Division {
    private static final byte VALIDATION = 1;
    private static final byte TEST = 2;

    private final byte[] parts;
    private final int largest;

    private Division(byte[] parts, int largest) {
        this.parts = parts;
        this.largest = largest;
    }

    static Division of(Duplicates rows, Shares shares) {
        int[] sizes = new int[rows.size()];
        int kept = 0;
        int families = 0;
        for (int id = 0; id < sizes.length; id++) {
            if (!rows.isCopy(id)) {
                kept++;
                families += sizes[rows.family(id)]++ == 0 ? 1 : 0;
            }
        }
        long[] order = new long[families];
        for (int id = 0, next = 0; id < sizes.length; id++) {
            if (sizes[id] > 0) {
                order[next++] = mix(shares.seed() + id) << 32 | id;
            }
        }
        Arrays.sort(order);
        byte[] drawn = draw(order, sizes, Math.round(kept * shares.test()), Math.round(kept * shares.validation()));
        byte[] parts = new byte[sizes.length];
        for (int id = 0; id < parts.length; id++) {
            parts[id] = drawn[rows.family(id)];
        }
        return new Division(parts, Arrays.stream(sizes).max().orElse(0));
    }

    private static byte[] draw(long[] order, int[] sizes, long test, long validation) {
        byte[] drawn = new byte[sizes.length];
        long testLeft = test;
        long validationLeft = validation;
        for (long drawing : order) {
            int family = (int) drawing;
            if (sizes[family] <= testLeft) {
                testLeft -= sizes[family];
                drawn[family] = TEST;
            } else if (sizes[family] <= validationLeft) {
                validationLeft -= sizes[family];
                drawn[family] = VALIDATION;
            }
        }
        return drawn;
    }

    /** The mixer of SplittableRandom. */
    private static long mix(long seed) {
        long z = seed * 0x9E3779B97F4A7C15L;
        z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }

    /** Rows of the largest family. */
    int largestFamily() {
        return largest;
    }

    Part of(int id) {
        return switch (parts[id]) {
            case VALIDATION -> Part.VALIDATION;
            case TEST -> Part.TEST;
            default -> Part.TRAIN;
        };
    }
}
