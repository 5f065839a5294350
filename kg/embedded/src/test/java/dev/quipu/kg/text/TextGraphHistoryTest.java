package dev.quipu.kg.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quipu.kg.GraphStore;
import dev.quipu.kg.Row;
import dev.quipu.kg.SharedGraph;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random histories of puts and deletes against the plainest model there is: a map. */
@ExtendWith(SharedGraph.class)
class TextGraphHistoryTest {
    private static final List<String> NAMES = List.of(
            "Alder Lake",
            "Birch Tower",
            "Cedar House",
            "Dune Bridge",
            "Elm Gate",
            "Fern Hall",
            "Grove Park",
            "Hazel Inn");
    private static final String[] KINDS = {"camp stove", "down jacket", "rain cover"};

    /** After each step the last that died are looked for, and all of them at the end. */
    private static final int LATEST = 5;

    private int made;

    /** A document with a word that no other has and names that many share. */
    private Document document(String source, RandomGenerator random) {
        String word = "token" + made++ + "q";
        String title =
                random.nextBoolean() ? NAMES.get(random.nextInt(NAMES.size())) : KINDS[random.nextInt(KINDS.length)];
        StringBuilder text = new StringBuilder(word + " stands near ");
        for (int i = random.nextInt(4); i >= 0; i--) {
            text.append(NAMES.get(random.nextInt(NAMES.size())))
                    .append(" and a ")
                    .append(KINDS[random.nextInt(KINDS.length)])
                    .append(". ");
        }
        String last = NAMES.get(random.nextInt(NAMES.size()));
        text.append("People know ")
                .append(last)
                .append(". They say ")
                .append(last, last.indexOf(' ') + 1, last.length())
                .append('.');
        return Document.of(source, title, text.toString()).withAliases(List.of("Alias of " + word(text.toString())));
    }

    private static String word(String text) {
        return text.substring(0, text.indexOf(' '));
    }

    private static String word(Document document) {
        return word(document.text());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void returnsNothingOfADeletedSourceEverAgain(long seed, GraphStore store) {
        RandomGenerator random = new Random(seed);
        TextGraph graph = TextGraph.open(store, Map.of());
        Map<String, Document> model = new TreeMap<>();
        List<Document> dead = new ArrayList<>();
        for (int step = 0; step < 25; step++) {
            if (random.nextInt(3) > 0 || model.isEmpty()) {
                List<Document> put = new ArrayList<>();
                for (int i = random.nextInt(5); i >= 0; i--) {
                    put.add(document("source" + random.nextInt(25), random));
                }
                graph.put(put, (done, of) -> {});
                put.forEach(d -> {
                    Document before = model.put(d.source(), d);
                    if (before != null) {
                        dead.add(before);
                    }
                });
            } else {
                List<String> gone = model.keySet().stream()
                        .filter(s -> random.nextInt(4) == 0)
                        .toList();
                graph.delete(gone);
                gone.forEach(s -> dead.add(java.util.Objects.requireNonNull(model.remove(s))));
            }

            check(graph, model, dead.subList(Math.max(0, dead.size() - LATEST), dead.size()));
        }
        check(graph, model, dead);

        assertThat(edges(store)).isEqualTo(fromNothing(store, model));
    }

    private static void check(TextGraph graph, Map<String, Document> model, List<Document> dead) {
        List<String> texts = model.values().stream().map(d -> d.text().strip()).toList();
        for (Document gone : dead) {
            for (String question : List.of(word(gone), gone.title() + " " + gone.text())) {
                assertThat(graph.retriever().find(question, 50, PassageFilter.PUBLIC))
                        .allMatch(f -> texts.contains(f.passage().text()))
                        .allMatch(f -> f.path().stream()
                                .allMatch(s -> model.containsKey(s.passage().split("#", 2)[0])))
                        .noneMatch(f -> f.reason().contains(word(gone)));
            }
        }
        assertThat(graph.merges("", Integer.MAX_VALUE, PassageFilter.PUBLIC))
                .filteredOn(m -> m.rule() == MergeRule.ALIAS)
                .extracting(EntityMerge::form)
                .containsExactlyInAnyOrderElementsOf(
                        model.values().stream().map(d -> "Alias of " + word(d)).toList());
        for (Document there : model.values()) {
            assertThat(graph.retriever().find(word(there), 50, PassageFilter.PUBLIC))
                    .extracting(f -> f.passage().source())
                    .contains(there.source());
        }
    }

    /** What the graph would be had only the remaining documents ever been put. */
    private static List<String> fromNothing(GraphStore store, Map<String, Document> model) {
        store.write("MATCH (n) DETACH DELETE n", Map.of());
        TextGraph.open(store, Map.of()).put(model.values(), (done, of) -> {});
        return edges(store);
    }

    private static List<String> edges(GraphStore store) {
        List<String> edges = new ArrayList<>();
        for (Row row : store.read(
                "MATCH (n) WHERE n:TextSource OR n:TextPassage OR n:TextEntity OPTIONAL MATCH (n)-[r]->(m)"
                        + " RETURN labels(n) + [coalesce(n.id, n.key), coalesce(n.text, ''), coalesce(type(r), '')]"
                        + " + [coalesce(m.id, m.key, ''), toString(coalesce(r.sentences, 0)),"
                        + " toString(coalesce(r.named, 0))] + coalesce(r.forms, []) AS edge",
                Map.of())) {
            edges.add(row.text("edge"));
        }
        return edges.stream().sorted().toList();
    }
}
