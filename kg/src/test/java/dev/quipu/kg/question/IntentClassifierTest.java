package dev.quipu.kg.question;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.embedding.Embedding;
import dev.quipu.kg.question.IntentClassifier.Sample;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IntentClassifierTest {
    private static final List<String> INTENTS = List.of("total", "status");

    @TempDir
    Path folder;

    /** Vectors that say nothing, words that say all: "cost" or "where" among words that both intents share. */
    private static List<Sample> samples() {
        SplittableRandom random = new SplittableRandom(7);
        List<Sample> samples = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            float[] vector = {random.nextInt(100) / 100f, random.nextInt(100) / 100f, 1};
            String telling = i % 2 == 0 ? "cost" : "where";
            samples.add(new Sample(i % 2, Embedding.from(vector), Map.of(telling, 1.0, "order", 2.0, "my", 2.0)));
        }
        return samples;
    }

    private IntentClassifier classifier() {
        return IntentClassifier.of(INTENTS, samples(), new VectorFile(folder, "weights", INTENTS));
    }

    @Test
    void learnsTheWordThatTellsTwoIntentsApart() {
        Map<String, Double> shares =
                classifier().shares(new float[] {0.5f, 0.5f, 1}, Map.of("cost", 1.0, "order", 2.0, "my", 2.0));

        assertThat(shares.get("total")).isGreaterThan(0.8);
        assertThat(shares.values().stream().mapToDouble(s -> s).sum()).isCloseTo(1, within(1e-3));
    }

    @Test
    void isTheSameWhenItComesFromItsFile() {
        Map<String, Double> question = Map.of("where", 1.0, "order", 2.0);
        float[] vector = {0.2f, 0.8f, 1};

        Map<String, Double> learnt = classifier().shares(vector, question);
        Map<String, Double> read = classifier().shares(vector, question);

        assertThat(read).isEqualTo(learnt);
        assertThat(folder).isDirectoryContaining("glob:**.weights");
    }

    @Test
    void ignoresWordsThatItNeverSaw() {
        IntentClassifier classifier = classifier();
        float[] vector = {0.5f, 0.5f, 1};

        assertThat(classifier.shares(vector, Map.of("unheard", 3.0)))
                .allSatisfy((intent, share) -> assertThat(share).isBetween(0.05, 0.95));
    }

    private static org.assertj.core.data.Offset<Double> within(double value) {
        return org.assertj.core.data.Offset.offset(value);
    }
}
