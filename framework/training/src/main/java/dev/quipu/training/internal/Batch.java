package dev.quipu.training.internal;

/**
 * Sequences to learn from, one after the other.
 *
 * @param tokens of all sequences
 * @param positions of the tokens in their documents
 * @param documents a number for each token; a token sees those of its own document only
 * @param labels the token that follows each
 * @param weights how much each label counts in the loss; their sum over a step is 1
 */
@SuppressWarnings("ArrayRecordComponent") // made once and handed to the graph; never compared
record Batch(int[] tokens, int[] positions, int[] documents, int[] labels, float[] weights) {
    /** Tokens that are not padding. */
    int tokenCount() {
        return (int) java.util.Arrays.stream(documents).filter(d -> d >= 0).count();
    }

    /** The same with the weights of each sequence times a factor. */
    Batch scaled(double[] factors, int length) {
        float[] scaled = weights.clone();
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] *= (float) factors[i / length];
        }
        return new Batch(tokens, positions, documents, labels, scaled);
    }

    /**
     * For each token the others of its sequence: 0 where it sees them, minus infinity where not.
     *
     * @param window tokens that it sees back at most
     */
    float[] mask(int length, int sequences, int window) {
        float[] mask = new float[length * length * sequences];
        java.util.Arrays.fill(mask, Float.NEGATIVE_INFINITY);
        for (int row = 0; row < tokens.length; row++) {
            int start = row / length * length;
            for (int seen = start; seen <= row; seen++) {
                if (documents[seen] == documents[row] && row - seen < window) {
                    mask[row * length + seen - start] = 0;
                }
            }
        }
        return mask;
    }
}
