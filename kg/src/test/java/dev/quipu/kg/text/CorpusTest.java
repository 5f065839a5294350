package dev.quipu.kg.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

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

    /** All of it at once, at the same places: which of two equally good passages comes first hangs on them. */
    private Snapshot fresh() {
        Map<Integer, Optional<Indexed>> all = new TreeMap<>();
        corpus.snapshot()
                .live()
                .forEach(p -> all.put(p, Optional.of(corpus.snapshot().at(p))));
        return Snapshot.empty().with(all, corpus.snapshot().size()).next();
    }

    /** Walks add up in the order in which entities came, so that the last digits differ. */
    private static void assertSame(Map<String, Double> one, Map<String, Double> other) {
        assertThat(one.keySet()).isEqualTo(other.keySet());
        one.forEach((id, score) -> assertThat(score).isCloseTo(other.getOrDefault(id, Double.NaN), within(0.005)));
    }

    private static Map<String, Double> found(Snapshot snapshot, String question) {
        Map<String, Double> found = new TreeMap<>();
        new PassageRetriever(() -> snapshot, NameFinder.standard(), Map.of(), Ranking.standard())
                .find(question, 100, PassageFilter.PUBLIC)
                .forEach(f -> found.put(f.passage().id(), (double) f.score()));
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

            Snapshot fresh = fresh();
            for (String name : NAMES) {
                assertSame(found(corpus.snapshot(), "What is " + name), found(fresh, "What is " + name));
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
        Map<String, Double> before = found(corpus.snapshot(), "What is Elm near?");

        corpus.plan(List.of("a"), Map.of("b", stored("b", new Random(4))));
        change(List.of(), Map.of("c", stored("c", new Random(5))));
        change(List.of("c"), Map.of());

        assertSame(found(corpus.snapshot(), "What is Elm near?"), before);
    }
}
