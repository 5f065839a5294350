package dev.quipu.kg.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quipu.kg.text.PassageStore.Stored;
import dev.quipu.kg.text.Snapshot.Indexed;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class CorpusTest {
    private static final List<String> NAMES =
            List.of("Alder Lake", "camp stove", "Elm", "Fern Hall", "退货政策", "士多", "The Who", "U2");

    private final Corpus corpus = new Corpus();
    private final TreeMap<String, Stored> model = new TreeMap<>();

    private static Stored stored(String source, RandomGenerator random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(4); i >= 0; i--) {
            text.append("It is near ")
                    .append(NAMES.get(random.nextInt(NAMES.size())))
                    .append(" of ")
                    .append(NAMES.get(random.nextInt(NAMES.size())))
                    .append(". ");
        }
        Document document = Document.of(source, NAMES.get(random.nextInt(NAMES.size())), text.toString());
        return new Stored(
                document.toString(),
                PassageSplitter.split(document).stream()
                        .map(p -> new Indexed(p, Analysis.of(p, NameFinder.standard()), Optional.empty()))
                        .toList());
    }

    private void change(List<String> gone, Map<String, Stored> put) {
        corpus.take(corpus.plan(gone, put));
        gone.forEach(model::remove);
        model.putAll(put);
    }

    private static Map<String, Float> found(Snapshot snapshot, String question) {
        Map<String, Float> found = new TreeMap<>();
        new PassageRetriever(() -> snapshot, NameFinder.standard(), Map.of(), Ranking.standard())
                .find(question, 100, PassageFilter.PUBLIC)
                .forEach(f -> found.put(f.passage().id(), Math.round(f.score() * 1e4f) / 1e4f));
        return found;
    }

    @Test
    void answersAfterManySmallChangesAsAfterOneLargeOne() {
        RandomGenerator random = new Random(7);
        for (int step = 0; step < 60; step++) {
            String source = "source" + random.nextInt(20);
            if (random.nextInt(3) == 0 && model.containsKey(source)) {
                change(List.of(source), Map.of());
            } else {
                change(List.of(), Map.of(source, stored(source, random)));
            }

            Snapshot fresh = Snapshot.of(
                    model.values().stream().flatMap(s -> s.passages().stream()).toList());
            for (String name : NAMES) {
                assertThat(found(corpus.snapshot(), "What is " + name + " near?"))
                        .isEqualTo(found(fresh, "What is " + name + " near?"));
            }
        }
    }

    @Test
    void givesAnEmptyPlaceToTheNextPassage() {
        change(List.of(), Map.of("a", stored("a", new Random(1)), "b", stored("b", new Random(2))));
        int size = corpus.snapshot().size();

        change(List.of("a"), Map.of());
        change(List.of(), Map.of("c", stored("c", new Random(3))));

        assertThat(corpus.snapshot().size()).isEqualTo(size);
        assertThat(corpus.snapshot().count()).isEqualTo(2);
    }

    @Test
    void staysAsItIsWhenAPlanIsGivenUp() {
        change(List.of(), Map.of("a", stored("a", new Random(1))));
        Map<String, Float> before = found(corpus.snapshot(), "What is Elm near?");

        corpus.plan(List.of("a"), Map.of("b", stored("b", new Random(4))));
        change(List.of(), Map.of("c", stored("c", new Random(5))));
        change(List.of("c"), Map.of());

        assertThat(found(corpus.snapshot(), "What is Elm near?")).isEqualTo(before);
    }
}
