package dev.quipu.kg.question;

import dev.langchain4j.data.embedding.Embedding;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Tells intents apart by what distinguishes their examples, where the nearest example alone would be misled by words
 * that all of them share.
 *
 * <p>Multinomial logistic regression over the embedding of a text and its weighted words and word pairs, trained on the
 * examples by AdaGrad (Duchi et al., 2011) with a fixed seed, so that the same examples give the same classifier.
 * Immutable and thread-safe.
 */
final class IntentClassifier {
    private static final int EPOCHS = 12;
    private static final double RATE = 0.3;
    private static final double DECAY = 2e-5;
    /** How much the meaning counts beside the words; both parts have length one before. */
    private static final double MEANING = 1.5;

    private static final double WORDS = 1.5;
    private static final long SEED = 20_260_101;

    /** A text as the classifier sees it. */
    record Sample(int intent, Embedding embedding, Map<String, Double> words) {}

    private final List<String> intents;
    private final Map<String, Integer> columns;
    private final float[][] weights;
    private final int dimensions;

    private IntentClassifier(List<String> intents, Map<String, Integer> columns, float[][] weights, int dimensions) {
        this.intents = intents;
        this.columns = columns;
        this.weights = weights;
        this.dimensions = dimensions;
    }

    /** A text's features: the dense part first, then the places and values of its words, then a constant. */
    private static final class Encoded {
        final float[] dense;
        final int[] places;
        final float[] values;

        Encoded(float[] dense, int[] places, float[] values) {
            this.dense = dense;
            this.places = places;
            this.values = values;
        }
    }

    static IntentClassifier train(List<String> intents, List<Sample> samples) {
        Map<String, Integer> columns = new HashMap<>();
        samples.forEach(s -> s.words().keySet().forEach(w -> columns.putIfAbsent(w, columns.size())));
        int dimensions = samples.isEmpty() ? 0 : samples.getFirst().embedding().dimension();
        int width = dimensions + columns.size() + 1;
        float[][] weights = new float[intents.size()][width];
        IntentClassifier classifier = new IntentClassifier(List.copyOf(intents), columns, weights, dimensions);
        List<Encoded> encoded = samples.stream()
                .map(s -> classifier.encode(s.embedding().vector(), s.words()))
                .toList();
        float[][] squares = new float[intents.size()][width];
        SplittableRandom random = new SplittableRandom(SEED);
        int[] order = new int[samples.size()];
        for (int epoch = 0; epoch < EPOCHS; epoch++) {
            shuffle(order, random);
            for (int at : order) {
                classifier.step(encoded.get(at), samples.get(at).intent(), squares);
            }
        }
        return classifier;
    }

    private static void shuffle(int[] order, SplittableRandom random) {
        for (int i = 0; i < order.length; i++) {
            int j = random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
    }

    private Encoded encode(float[] vector, Map<String, Double> words) {
        float[] dense = new float[dimensions];
        double length = 0;
        for (float x : vector) {
            length += x * x;
        }
        double scale = length == 0 ? 0 : MEANING / Math.sqrt(length);
        for (int d = 0; d < dimensions; d++) {
            dense[d] = (float) (vector[d] * scale);
        }
        double weight = words.values().stream().mapToDouble(w -> w * w).sum();
        List<Integer> places = new ArrayList<>();
        List<Float> values = new ArrayList<>();
        words.forEach((word, w) -> {
            Integer column = columns.get(word);
            if (column != null) {
                places.add(dimensions + column);
                values.add((float) (WORDS * w / Math.sqrt(weight)));
            }
        });
        places.add(dimensions + columns.size());
        values.add(1f);
        float[] sparse = new float[values.size()];
        for (int i = 0; i < sparse.length; i++) {
            sparse[i] = values.get(i);
        }
        return new Encoded(dense, places.stream().mapToInt(Integer::intValue).toArray(), sparse);
    }

    private void step(Encoded sample, int intent, float[][] squares) {
        double[] share = softmax(sample);
        for (int c = 0; c < weights.length; c++) {
            float error = (float) (share[c] - (c == intent ? 1 : 0));
            if (Math.abs(error) < 1e-4) {
                continue;
            }
            float[] w = weights[c];
            float[] square = squares[c];
            for (int d = 0; d < dimensions; d++) {
                update(w, square, d, error * sample.dense[d]);
            }
            for (int i = 0; i < sample.places.length; i++) {
                update(w, square, sample.places[i], error * sample.values[i]);
            }
        }
    }

    private static void update(float[] w, float[] square, int at, float gradient) {
        float g = (float) (gradient + DECAY * w[at]);
        square[at] += g * g;
        w[at] -= (float) (RATE * g / Math.sqrt(square[at] + 1e-8f));
    }

    private double[] softmax(Encoded sample) {
        double[] scores = new double[weights.length];
        double highest = Double.NEGATIVE_INFINITY;
        for (int c = 0; c < scores.length; c++) {
            float[] w = weights[c];
            float sum = 0;
            for (int d = 0; d < dimensions; d++) {
                sum += w[d] * sample.dense[d];
            }
            for (int i = 0; i < sample.places.length; i++) {
                sum += w[sample.places[i]] * sample.values[i];
            }
            scores[c] = sum;
            highest = Math.max(highest, sum);
        }
        double total = 0;
        for (int c = 0; c < scores.length; c++) {
            scores[c] = Math.exp(scores[c] - highest);
            total += scores[c];
        }
        for (int c = 0; c < scores.length; c++) {
            scores[c] /= total;
        }
        return scores;
    }

    /** The share of each intent; they add up to one. */
    Map<String, Double> shares(float[] vector, Map<String, Double> words) {
        double[] share = softmax(encode(vector, words));
        Map<String, Double> shares = new HashMap<>();
        for (int c = 0; c < share.length; c++) {
            shares.put(intents.get(c), share[c]);
        }
        return shares;
    }
}
