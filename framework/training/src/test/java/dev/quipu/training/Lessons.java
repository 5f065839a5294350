package dev.quipu.training;

import dev.quipu.training.internal.TinyModel;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Examples of one rule for a {@link TinyModel}: each token names the next. */
final class Lessons {
    private static final int LETTERS = 16;

    private Lessons() {}

    static Examples of(int count, int length) {
        SplittableRandom random = new SplittableRandom(1);
        List<Example> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int[] tokens = new int[length];
            tokens[0] = 64 + random.nextInt(LETTERS);
            for (int t = 1; t < length; t++) {
                tokens[t] = next(tokens[t - 1]);
            }
            all.add(Example.text(tokens));
        }
        return Examples.of(all);
    }

    /** Stays within the letters. */
    static int next(int token) {
        return 64 + ((token - 64) * 5 + 3) % LETTERS;
    }
}
