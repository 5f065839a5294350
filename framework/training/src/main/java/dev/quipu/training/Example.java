package dev.quipu.training;

/**
 * A document to learn from.
 *
 * @param tokens of the whole document
 * @param trained for each token whether the model learns to say it
 */
@SuppressWarnings("ArrayRecordComponent") // by the million; compared nowhere
public record Example(int[] tokens, boolean[] trained) {
    public Example {
        if (tokens.length != trained.length) {
            throw new IllegalArgumentException(tokens.length + " tokens, but " + trained.length + " marks");
        }
        tokens = tokens.clone();
        trained = trained.clone();
    }

    /** A document of which every token but the first is learnt. */
    public static Example text(int[] tokens) {
        boolean[] trained = new boolean[tokens.length];
        java.util.Arrays.fill(trained, true);
        return new Example(tokens, trained);
    }

    /** Tokens that the model learns to say; the first of a document follows nothing. */
    public int trainedCount() {
        int count = 0;
        for (int i = 1; i < trained.length; i++) {
            count += trained[i] ? 1 : 0;
        }
        return count;
    }
}
