package dev.quipu.training.internal;

import dev.quipu.training.Example;
import java.util.Arrays;
import java.util.List;

/** Tokens in the making, each learnt or not. */
final class TokenLine {
    private int[] tokens = new int[64];
    private boolean[] trained = new boolean[64];
    private int size;

    TokenLine add(int[] more, boolean learnt) {
        if (size + more.length > tokens.length) {
            int room = Math.max(2 * tokens.length, size + more.length);
            tokens = Arrays.copyOf(tokens, room);
            trained = Arrays.copyOf(trained, room);
        }
        System.arraycopy(more, 0, tokens, size, more.length);
        Arrays.fill(trained, size, size + more.length, learnt);
        size += more.length;
        return this;
    }

    int[] tokens() {
        return Arrays.copyOf(tokens, size);
    }

    /** The example, or none where there is nothing to learn. */
    List<Example> example() {
        if (size == 0) {
            return List.of();
        }
        Example example = new Example(tokens(), Arrays.copyOf(trained, size));
        return example.trainedCount() > 0 ? List.of(example) : List.of();
    }
}
