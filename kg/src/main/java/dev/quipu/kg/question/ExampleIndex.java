package dev.quipu.kg.question;

import dev.langchain4j.data.embedding.Embedding;
import dev.quipu.Language;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The examples of all intents in one language, searched by meaning and by words.
 *
 * <p>The score of an intent is that of its nearest example: the mean of the cosine of the two embeddings and the Dice
 * coefficient of their words and word pairs, each weighted by its inverse document frequency among the examples. A word
 * that no example holds weighs most, so a question about something unheard of scores low everywhere.
 */
final class ExampleIndex {
    private final List<Example> examples;
    private final Map<String, Double> weights;
    private final Set<String> vocabulary;
    private final double unseen;
    private final double cosineFloor;

    private record Example(String intent, Map<String, Double> features, Embedding embedding) {}

    private ExampleIndex(
            List<Example> examples, Map<String, Double> weights, Set<String> vocabulary, double unseen, double floor) {
        this.examples = examples;
        this.weights = weights;
        this.vocabulary = vocabulary;
        this.unseen = unseen;
        this.cosineFloor = floor;
    }

    static ExampleIndex build(
            Collection<IntentDefinition> intents, Language language, TextEmbedder embedder, Synonyms synonyms) {
        List<String> names = new ArrayList<>();
        List<Delexicalized> texts = new ArrayList<>();
        for (IntentDefinition intent : intents) {
            for (String example : intent.examples().getOrDefault(language, List.of())) {
                names.add(intent.name());
                texts.add(Delexicalized.ofExample(example, language, synonyms));
            }
        }
        Map<String, Integer> frequency = new HashMap<>();
        Set<String> vocabulary = new HashSet<>();
        for (Delexicalized text : texts) {
            vocabulary.addAll(text.words());
            new HashSet<>(features(text.words())).forEach(f -> frequency.merge(f, 1, Integer::sum));
        }
        Map<String, Double> weights = new HashMap<>();
        frequency.forEach((f, n) -> weights.put(f, Math.log(1 + texts.size() / (double) n)));
        double unseen = Math.log(1 + texts.size());
        List<float[]> vectors =
                embedder.embed(texts.stream().map(Delexicalized::text).toList());
        List<Example> examples = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            Map<String, Double> weighted = weigh(features(texts.get(i).words()), weights, unseen);
            examples.add(new Example(names.get(i), weighted, Embedding.from(vectors.get(i))));
        }
        // The two in-jar embedders spread unrelated questions over different ranges of the cosine.
        return new ExampleIndex(examples, weights, vocabulary, unseen, language == Language.CHINESE ? 0.35 : 0.15);
    }

    /** Intents with the score of their nearest example, 0 to 1. */
    Map<String, Double> scores(Delexicalized question, Embedding vector) {
        Map<String, Double> features = weigh(features(question.words()), weights, unseen);
        float[] v = vector.vector();
        Map<String, Double> best = new LinkedHashMap<>();
        for (Example example : examples) {
            double meaning = Math.max(0, (cosine(v, example.embedding().vector()) - cosineFloor) / (1 - cosineFloor));
            double score = (meaning + dice(features, example.features())) / 2;
            best.merge(example.intent(), score, Math::max);
        }
        return best;
    }

    boolean knows(String word) {
        return vocabulary.contains(word);
    }

    private static List<String> features(List<String> words) {
        List<String> features = new ArrayList<>(words);
        for (int i = 1; i < words.size(); i++) {
            features.add(words.get(i - 1) + " " + words.get(i));
        }
        return features;
    }

    private static Map<String, Double> weigh(List<String> features, Map<String, Double> weights, double unseen) {
        Map<String, Double> weighted = new HashMap<>();
        for (String feature : features) {
            // A pair says less than a word: it is rarer, but mostly because pairs are many.
            boolean pair = feature.indexOf(' ') > 0;
            double weight =
                    pair ? weights.getOrDefault(feature, unseen * 0.5) * 0.5 : weights.getOrDefault(feature, unseen);
            weighted.put(feature, weight);
        }
        return weighted;
    }

    private static double dice(Map<String, Double> a, Map<String, Double> b) {
        double common = 0;
        double sum = 0;
        for (Map.Entry<String, Double> e : a.entrySet()) {
            sum += e.getValue();
            common += b.getOrDefault(e.getKey(), 0.0);
        }
        for (double w : b.values()) {
            sum += w;
        }
        return sum == 0 ? 0 : 2 * common / sum;
    }

    private static double cosine(float[] a, float[] b) {
        double dot = 0;
        double aa = 0;
        double bb = 0;
        for (int i = 0; i < a.length; i++) {
            dot += a[i] * b[i];
            aa += a[i] * a[i];
            bb += b[i] * b[i];
        }
        return aa == 0 || bb == 0 ? 0 : dot / Math.sqrt(aa * bb);
    }
}
