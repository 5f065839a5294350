package dev.quipu.training.internal;

import dev.quipu.training.Example;
import dev.quipu.training.TrainingOptions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Puts examples into sequences of a length. Each epoch has an order of its own, which follows from the seed, so that the
 * number of a step says which examples it has.
 */
final class Packer {
    private static final int NONE = -1;

    private final List<Example> examples;
    private final int length;
    private final boolean packing;
    private final boolean shuffle;
    private final long seed;

    /**
     * @param examples of which each fits the length
     * @param packing whether several share a sequence
     */
    Packer(List<Example> examples, TrainingOptions options, boolean packing) {
        this.examples = examples;
        this.length = options.length();
        this.packing = packing;
        this.shuffle = options.shuffle();
        this.seed = options.seed();
    }

    /** The examples of each sequence of an epoch, by index. */
    List<int[]> sequences(int epoch) {
        int[] order = order(epoch);
        List<int[]> sequences = new ArrayList<>();
        int from = 0;
        int room = length;
        for (int i = 0; i < order.length; i++) {
            int needed = examples.get(order[i]).tokens().length - 1;
            if (i > from && (!packing || needed > room)) {
                sequences.add(Arrays.copyOfRange(order, from, i));
                from = i;
                room = length;
            }
            room -= needed;
        }
        sequences.add(Arrays.copyOfRange(order, from, order.length));
        return sequences;
    }

    private int[] order(int epoch) {
        SplittableRandom random = new SplittableRandom(seed + epoch);
        int[] order = new int[examples.size()];
        for (int i = 0; i < order.length; i++) {
            int other = shuffle ? random.nextInt(i + 1) : i;
            order[i] = order[other];
            order[other] = i;
        }
        return order;
    }

    /** Tokens that sequences teach. */
    int trained(List<int[]> sequences) {
        int count = 0;
        for (int[] sequence : sequences) {
            for (int index : sequence) {
                count += examples.get(index).trainedCount();
            }
        }
        return count;
    }

    /**
     * Lays sequences out.
     *
     * @param sequences at most so many as the batch has; the rest stays empty
     * @param weight of each token that is learnt
     */
    Batch batch(List<int[]> sequences, int count, float weight) {
        int all = count * length;
        Layout layout = new Layout(new int[all], new int[all], new int[all], new int[all], new float[all]);
        Arrays.fill(layout.documents, NONE);
        for (int i = 0; i < sequences.size(); i++) {
            int at = i * length;
            for (int index : sequences.get(i)) {
                at = layout.put(examples.get(index), index, at, weight);
            }
        }
        return new Batch(layout.tokens, layout.positions, layout.documents, layout.labels, layout.weights);
    }

    @SuppressWarnings("ArrayRecordComponent") // filled in place
    private record Layout(int[] tokens, int[] positions, int[] documents, int[] labels, float[] weights) {
        /** Puts a document at a place and returns the place after it. */
        int put(Example example, int number, int place, float weight) {
            int[] source = example.tokens();
            boolean[] trained = example.trained();
            int at = place;
            for (int i = 0; i + 1 < source.length; i++, at++) {
                tokens[at] = source[i];
                positions[at] = i;
                documents[at] = number;
                labels[at] = source[i + 1];
                weights[at] = trained[i + 1] ? weight : 0;
            }
            return at;
        }
    }
}
