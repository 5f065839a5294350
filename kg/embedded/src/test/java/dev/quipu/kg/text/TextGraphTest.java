package dev.quipu.kg.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.output.Response;
import dev.quipu.Language;
import dev.quipu.kg.GraphException;
import dev.quipu.kg.GraphStore;
import dev.quipu.kg.SharedGraph;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedGraph.class)
class TextGraphTest {
    private static final Document SONG =
            Document.of("song", "Hello Love", "Hello Love is a song that was sung by Hank Snow.");
    private static final Document SINGER = Document.of("singer", "Hank Snow", "He died in Madison, Tennessee.");

    /** Counts what it embeds; vectors say how often each letter comes. */
    private static final class Letters implements EmbeddingModel {
        final List<String> seen = new ArrayList<>();
        Runnable meanwhile = () -> {};

        @Override
        public Response<List<Embedding>> embedAll(List<TextSegment> texts) {
            texts.forEach(t -> seen.add(t.text()));
            meanwhile.run();
            return Response.from(texts.stream().map(t -> letters(t.text())).toList());
        }

        private static Embedding letters(String text) {
            float[] vector = new float[26];
            text.chars().filter(c -> c >= 'a' && c <= 'z').forEach(c -> vector[c - 'a']++);
            return Embedding.from(vector);
        }
    }

    private final Letters letters = new Letters();

    private TextGraph open(GraphStore store) {
        return TextGraph.open(store, Map.of(Language.ENGLISH, PassageEmbedder.of("letters", letters)));
    }

    private static long count(GraphStore store, String match) {
        return store.read("MATCH " + match + " RETURN count(*) AS n", Map.of())
                .getFirst()
                .number("n");
    }

    private static List<FoundPassage> find(TextGraph graph, String question) {
        return graph.retriever().find(question, 10, PassageFilter.PUBLIC);
    }

    @Test
    void writesPassagesMentionsAndTitles(GraphStore store) {
        open(store).put(SONG, SINGER);

        assertThat(count(
                        store,
                        "(:TextSource {id: 'song'})-[:HAS_PASSAGE]->(:TextPassage)-[:MENTIONS]->(:TextEntity {key: 'hank"
                                + " snow'})<-[:TITLED]-(:TextPassage {source: 'singer'})"))
                .isOne();
    }

    @Test
    void skipsWhatDidNotChange(GraphStore store) {
        TextGraph graph = open(store);
        graph.put(SONG, SINGER);

        assertThat(graph.put(SONG, SINGER)).isZero();
        assertThat(graph.put(SONG, Document.of("singer", "Hank Snow", "He sang.")))
                .isOne();
    }

    @Test
    void replacesASourceWithAllThatCameOfIt(GraphStore store) {
        TextGraph graph = open(store);
        graph.put(SONG, SINGER);

        graph.put(Document.of("singer", "Hank Snow", "He was born in Brooklyn."));

        assertThat(count(store, "(e:TextEntity) WHERE e.key CONTAINS 'tennessee'"))
                .isZero();
        assertThat(find(graph, "Tennessee")).noneMatch(f -> f.passage().text().contains("Tennessee"));
        assertThat(find(graph, "Brooklyn").getFirst().passage().source()).isEqualTo("singer");
    }

    @Test
    void linksAnOldPassageToATitleThatComesLater(GraphStore store) {
        TextGraph graph = open(store);
        graph.put(Document.of("a", "Kit", "It comes with a folding camp stove and a pan."));

        graph.put(Document.of("b", "Camp Stove", "It burns gas."));

        assertThat(count(store, "(:TextPassage {source: 'a'})-[:MENTIONS]->(:TextEntity {key: 'camp stove'})"))
                .isOne();
    }

    @Test
    void unlinksItWhenTheTitleGoes(GraphStore store) {
        TextGraph graph = open(store);
        graph.put(
                Document.of("a", "Kit", "It comes with a folding camp stove and a pan."),
                Document.of("b", "Camp Stove", "It burns gas."));

        graph.delete(List.of("b"));

        assertThat(count(store, "(:TextEntity {key: 'camp stove'})")).isZero();
    }

    @Test
    void listsMergedNamesUntilTheirSourceIsDeleted(GraphStore store) {
        open(store).put(Document.of("song", "Hello Love", "Hank Snow wrote it. Later Snow sang it."), SINGER);
        TextGraph again = open(store);

        List<EntityMerge> merges = again.merges("hank snow", 10, PassageFilter.PUBLIC);
        again.delete(List.of("song"));

        assertThat(merges).containsExactly(new EntityMerge("Snow", "hank snow", MergeRule.SHORT_FORM, "song#0"));
        assertThat(again.merges("", 10, PassageFilter.PUBLIC)).isEmpty();
        assertThat(count(store, "()-[r]->() WHERE r.forms IS NOT NULL")).isZero();
    }

    private static final Document KIT = Document.of("kit", "Kit", "It comes with a gas stove. It is light.");
    private static final Document HUT = Document.of("hut", "Hut", "There is a gas stove in the kitchen.");

    @Test
    void addsNamesThatAReaderFindsAndThatStandInTheText(GraphStore store) {
        TextGraph graph = open(store);
        graph.put(KIT, HUT);

        int read = graph.extract(p -> List.of("gas stove", "unicorn"), "reader", 10, (done, of) -> {});

        assertThat(read).isEqualTo(2);
        assertThat(count(store, "(:TextPassage)-[:MENTIONS {named: 1}]->(:TextEntity {key: 'gas stove'})"))
                .isEqualTo(2);
        assertThat(count(store, "(:TextEntity {key: 'unicorn'})")).isZero();
        assertThat(find(open(store), "Kit"))
                .extracting(f -> f.passage().source())
                .contains("kit", "hut");
    }

    @Test
    void readsEachSourceOnceWithinItsBudgetUntilItChanges(GraphStore store) {
        TextGraph graph = open(store);
        graph.put(KIT, HUT);
        List<String> read = new ArrayList<>();
        NameReader reader = p -> {
            read.add(p.id());
            return List.of("gas stove");
        };

        graph.extract(reader, "reader", 1, (done, of) -> {});
        open(store).extract(reader, "reader", 10, (done, of) -> {});
        graph.put(Document.of("kit", "Kit", "It comes with a gas stove and a pan."));
        graph.extract(reader, "reader", 10, (done, of) -> {});

        assertThat(read).containsExactly("hut#0", "kit#0", "kit#0");
    }

    @Test
    void forgetsWhatWasReadOutOfADeletedSource(GraphStore store) {
        TextGraph graph = open(store);
        graph.put(KIT);
        graph.extract(p -> List.of("gas stove"), "reader", 10, (done, of) -> {});

        graph.delete(List.of("kit"));

        assertThat(count(store, "(:TextEntity)")).isZero();
    }

    @Test
    void leavesASourceForLaterWhereTheReaderFails(GraphStore store) {
        TextGraph graph = open(store);
        graph.put(KIT, HUT);

        graph.extract(
                p -> {
                    if (p.source().equals("hut")) {
                        throw new IllegalStateException("no answer");
                    }
                    return List.of("gas stove");
                },
                "reader",
                10,
                (done, of) -> {});

        assertThat(graph.extract(p -> List.of(), "reader", 10, (done, of) -> {}))
                .isOne();
    }

    @Test
    void listsNoMergesOfHiddenPassages(GraphStore store) {
        TextGraph graph = open(store);
        graph.put(SINGER.withAliases(List.of("The Singing Ranger")).withTenant("anna"));

        assertThat(graph.merges("", 10, PassageFilter.PUBLIC)).isEmpty();
        assertThat(graph.merges("the singing ranger", 10, PassageFilter.PUBLIC.withTenant("anna")))
                .extracting(EntityMerge::entity)
                .containsExactly("hank snow");
    }

    @Test
    void answersTheSameWhenOpenedAgain(GraphStore store) {
        TextGraph graph = open(store);
        graph.put(SONG, SINGER);
        graph.embed((done, of) -> {});

        TextGraph again = open(store);

        assertThat(find(again, "Who sang Hello Love?")).isEqualTo(find(graph, "Who sang Hello Love?"));
    }

    @Test
    void makesEachVectorOnce(GraphStore store) {
        TextGraph graph = open(store);
        graph.put(SONG, SINGER);
        graph.embed((done, of) -> {});
        letters.seen.clear();

        open(store).embed((done, of) -> {});
        graph.embed((done, of) -> {});

        assertThat(letters.seen).isEmpty();
    }

    @Test
    void keepsNoVectorOfATextThatChangedMeanwhile(GraphStore store) {
        TextGraph graph = open(store);
        graph.put(SONG);
        letters.meanwhile = () -> {
            letters.meanwhile = () -> {};
            graph.put(Document.of("song", "Hello Love", "Another text."));
        };

        graph.embed((done, of) -> {});

        assertThat(count(store, "(p:TextPassage) WHERE p.vector IS NOT NULL")).isZero();
    }

    @Test
    void seesWhatAnotherProcessWroteAfterARefresh(GraphStore store) {
        TextGraph graph = open(store);
        graph.put(SONG);
        TextGraph other = open(store);
        other.put(SINGER);
        other.delete(List.of("song"));

        graph.refresh();

        assertThat(graph.sources()).containsExactly("singer");
        assertThat(find(graph, "Hank Snow"))
                .extracting(f -> f.passage().source())
                .containsExactly("singer");
    }

    @Test
    void staysAsItWasWhenAWriteFails(GraphStore store) {
        TextGraph graph = open(store);
        graph.put(SONG);
        // A passage of the same id that is not the text graph's own breaks the constraint in the midst of the write.
        store.write("CREATE (:TextPassage {id: 'singer#0'})", Map.of());

        assertThatThrownBy(() -> graph.put(SINGER)).isInstanceOf(GraphException.class);

        assertThat(graph.sources()).containsExactly("song");
        assertThat(count(store, "(s:TextSource)")).isOne();
        assertThat(find(graph, "Tennessee")).noneMatch(f -> f.passage().source().equals("singer"));
    }

    @Test
    void searchesByWordsBeforeAnyVectorIsThere(GraphStore store) {
        TextGraph graph = open(store);
        graph.put(SONG, SINGER);

        assertThat(find(graph, "Who sang Hello Love?").getFirst().passage().source())
                .isEqualTo("song");
    }
}
