package dev.quipu.kg.question;

import dev.langchain4j.data.embedding.Embedding;
import dev.quipu.Language;
import dev.quipu.Mention;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * The examples of all intents in one language, searched by meaning and by words.
 *
 * <p>Two judges share the score of an intent. The likeness to its nearest example is the mean of the cosine of the two
 * embeddings and the Dice coefficient of their words and word pairs, each weighted by its inverse document frequency among
 * the examples: a word that no example holds weighs most, so a question about something unheard of scores low everywhere.
 * The {@link IntentClassifier} knows what tells neighbouring intents apart, but always finds somebody guilty.
 */
final class ExampleIndex {
    /** How much of a score is the classifier's; the root of its share keeps runners-up in sight. */
    private static final double JUDGED = 0.4;

    private final List<Example> examples;
    private final Map<String, Double> weights;
    private final Set<String> vocabulary;
    private final double unseen;
    private final double cosineFloor;
    private final IntentClassifier classifier;
    private final Spelling spelling;

    private record Example(String intent, Map<String, Double> features, Embedding embedding) {}

    private ExampleIndex(
            List<Example> examples,
            Map<String, Double> weights,
            Set<String> vocabulary,
            double unseen,
            double floor,
            IntentClassifier classifier,
            Spelling spelling) {
        this.spelling = spelling;
        this.classifier = classifier;
        this.examples = examples;
        this.weights = weights;
        this.vocabulary = vocabulary;
        this.unseen = unseen;
        this.cosineFloor = floor;
    }

    static ExampleIndex build(
            Collection<IntentDefinition> intents,
            Language language,
            TextEmbedder embedder,
            Synonyms synonyms,
            Function<String, List<Mention>> linker,
            Path cache) {
        List<String> names = new ArrayList<>();
        List<Delexicalized> texts = new ArrayList<>();
        for (IntentDefinition intent : intents) {
            for (String example : intent.examples().getOrDefault(language, List.of())) {
                names.add(intent.name());
                texts.add(Delexicalized.ofExample(example, language, synonyms, linker));
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
        List<String> classes = names.stream().distinct().toList();
        List<IntentClassifier.Sample> samples = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            Map<String, Double> weighted = weigh(features(texts.get(i).words()), weights, unseen);
            examples.add(new Example(names.get(i), weighted, Embedding.from(vectors.get(i))));
            samples.add(new IntentClassifier.Sample(
                    classes.indexOf(names.get(i)), Embedding.from(vectors.get(i)), weighted));
        }
        // The two in-jar embedders spread unrelated questions over different ranges of the cosine.
        return new ExampleIndex(
                examples,
                weights,
                vocabulary,
                unseen,
                language == Language.CHINESE ? 0.35 : 0.15,
                IntentClassifier.of(classes, samples, weightsFile(cache, embedder, names, texts)),
                new Spelling(texts.stream().map(Delexicalized::text).toList()));
    }

    private static VectorFile weightsFile(
            Path cache, TextEmbedder embedder, List<String> names, List<Delexicalized> texts) {
        List<String> sources = new ArrayList<>(List.of(IntentClassifier.VERSION, embedder.name()));
        sources.addAll(names);
        texts.forEach(t -> sources.add(t.text() + "\n" + t.words()));
        return new VectorFile(cache, "weights", sources);
    }

    /** Intents with their score, 0 to 1. */
    Map<String, Double> scores(Delexicalized question, Embedding vector) {
        Map<String, Double> features = weigh(features(question.words()), weights, unseen);
        float[] v = vector.vector();
        Map<String, Double> best = new LinkedHashMap<>();
        for (Example example : examples) {
            double meaning = Math.max(0, (cosine(v, example.embedding().vector()) - cosineFloor) / (1 - cosineFloor));
            double score = (meaning + dice(features, example.features())) / 2;
            best.merge(example.intent(), score, Math::max);
        }
        classifier
                .shares(v, features)
                .forEach((intent, share) -> best.computeIfPresent(
                        intent, (i, likeness) -> (1 - JUDGED) * likeness + JUDGED * Math.sqrt(share)));
        return best;
    }

    /** A text whose misspelt words are those of the examples. */
    String correct(String text) {
        return spelling.correct(text);
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
