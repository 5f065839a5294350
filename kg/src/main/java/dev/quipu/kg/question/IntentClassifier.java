package dev.quipu.kg.question;

import dev.langchain4j.data.embedding.Embedding;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * Tells intents apart by what distinguishes their examples, where the nearest example alone would be misled by words
 * that all of them share.
 *
 * <p>Multinomial logistic regression over the embedding of a text and its weighted words and word pairs, trained on the
 * examples by stochastic gradient descent with a fixed seed, so that the same examples give the same classifier.
 * Immutable and thread-safe.
 */
final class IntentClassifier {
    /** Changes with the training, so that weights of another one are not taken for those of this one. */
    static final String VERSION = "1";

    private static final int EPOCHS = 15;
    private static final float RATE = 1.2f;
    private static final float LAST_RATE = 0.05f;
    private static final float DECAY = 1e-5f;
    /** Classes that a sample hardly concerns do not learn from it. */
    private static final float NEGLIGIBLE = 1e-3f;
    /** How much the meaning counts beside the words; both parts have length one before. */
    private static final float MEANING = 1.5f;

    private static final float WORDS = 1.5f;
    private static final int FEWEST_USES = 2;
    private static final long SEED = 20_260_101;

    /** A text as the classifier sees it. */
    record Sample(int intent, Embedding embedding, Map<String, Double> words) {}

    private final List<String> intents;
    private final Map<String, Integer> columns;
    private final List<float[]> weights;
    private final int dimensions;

    private IntentClassifier(
            List<String> intents, Map<String, Integer> columns, List<float[]> weights, int dimensions) {
        this.intents = List.copyOf(intents);
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

    /**
     * @param file where the weights are kept
     */
    static IntentClassifier of(List<String> intents, List<Sample> samples, VectorFile file) {
        Map<String, Integer> uses = new TreeMap<>();
        samples.forEach(s -> s.words().keySet().forEach(w -> uses.merge(w, 1, Integer::sum)));
        Map<String, Integer> columns = new HashMap<>();
        uses.forEach((word, n) -> {
            if (n >= FEWEST_USES) {
                columns.put(word, columns.size());
            }
        });
        int dimensions = samples.isEmpty() ? 0 : samples.getFirst().embedding().dimension();
        List<float[]> weights = file.get(intents.size(), () -> train(intents, columns, dimensions, samples));
        return new IntentClassifier(intents, columns, weights, dimensions);
    }

    private static List<float[]> train(
            List<String> intents, Map<String, Integer> columns, int dimensions, List<Sample> samples) {
        List<float[]> weights = new ArrayList<>();
        intents.forEach(i -> weights.add(new float[dimensions + columns.size() + 1]));
        IntentClassifier learner = new IntentClassifier(intents, columns, weights, dimensions);
        List<Encoded> encoded = samples.stream()
                .map(s -> learner.encode(s.embedding().vector(), s.words()))
                .toList();
        SplittableRandom random = new SplittableRandom(SEED);
        int[] order = new int[samples.size()];
        for (int epoch = 0; epoch < EPOCHS; epoch++) {
            float rate = RATE + (LAST_RATE - RATE) * epoch / (EPOCHS - 1);
            shuffle(order, random);
            for (int at : order) {
                learner.step(encoded.get(at), samples.get(at).intent(), rate);
            }
        }
        return weights;
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
        float scale = MEANING / (float) Math.sqrt(Math.max(dot(vector, vector), 1e-12f));
        for (int d = 0; d < dimensions; d++) {
            dense[d] = vector[d] * scale;
        }
        double weight = words.values().stream().mapToDouble(w -> w * w).sum();
        int[] places = new int[words.size() + 1];
        float[] values = new float[words.size() + 1];
        int n = 0;
        for (Map.Entry<String, Double> word : words.entrySet()) {
            Integer column = columns.get(word.getKey());
            if (column != null) {
                places[n] = dimensions + column;
                values[n++] = (float) (WORDS * word.getValue() / Math.sqrt(weight));
            }
        }
        places[n] = dimensions + columns.size();
        values[n++] = 1;
        return new Encoded(dense, java.util.Arrays.copyOf(places, n), java.util.Arrays.copyOf(values, n));
    }

    private void step(Encoded sample, int intent, float rate) {
        float[] share = softmax(sample);
        for (int c = 0; c < share.length; c++) {
            float error = share[c] - (c == intent ? 1 : 0);
            if (Math.abs(error) < NEGLIGIBLE) {
                continue;
            }
            float[] w = weights.get(c);
            float[] dense = sample.dense;
            float pull = rate * error;
            float keep = 1 - rate * DECAY;
            for (int d = 0; d < dense.length; d++) {
                w[d] = w[d] * keep - pull * dense[d];
            }
            for (int i = 0; i < sample.places.length; i++) {
                w[sample.places[i]] -= pull * sample.values[i];
            }
        }
    }

    /** Four sums side by side: the machine need not wait for one addition before it begins the next. */
    private static float dot(float[] a, float[] b) {
        float s0 = 0;
        float s1 = 0;
        float s2 = 0;
        float s3 = 0;
        int length = Math.min(a.length, b.length);
        int i = 0;
        for (; i + 3 < length; i += 4) {
            s0 += a[i] * b[i];
            s1 += a[i + 1] * b[i + 1];
            s2 += a[i + 2] * b[i + 2];
            s3 += a[i + 3] * b[i + 3];
        }
        for (; i < length; i++) {
            s0 += a[i] * b[i];
        }
        return s0 + s1 + s2 + s3;
    }

    private float[] softmax(Encoded sample) {
        float[] scores = new float[weights.size()];
        float highest = Float.NEGATIVE_INFINITY;
        for (int c = 0; c < scores.length; c++) {
            float[] w = weights.get(c);
            float sum = dot(sample.dense, w);
            for (int i = 0; i < sample.places.length; i++) {
                sum += w[sample.places[i]] * sample.values[i];
            }
            scores[c] = sum;
            highest = Math.max(highest, sum);
        }
        float total = 0;
        for (int c = 0; c < scores.length; c++) {
            scores[c] = (float) Math.exp(scores[c] - highest);
            total += scores[c];
        }
        for (int c = 0; c < scores.length; c++) {
            scores[c] /= total;
        }
        return scores;
    }

    /** The share of each intent; they add up to one. */
    Map<String, Double> shares(float[] vector, Map<String, Double> words) {
        float[] share = softmax(encode(vector, words));
        Map<String, Double> shares = new HashMap<>();
        for (int c = 0; c < share.length; c++) {
            shares.put(intents.get(c), (double) share[c]);
        }
        return shares;
    }
}
