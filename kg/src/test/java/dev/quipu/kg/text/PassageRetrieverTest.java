package dev.quipu.kg.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PassageRetrieverTest {
    private static final String QUESTION = "In which state did the singer of Hello Love live?";

    private static SampleCorpus songs() {
        return new SampleCorpus()
                .with("song", "Hello Love", "Hello Love is a song that was sung by Hank Snow in 1974.")
                .with("singer", "Hank Snow", "Hank Snow was born in Brooklyn. He died at home in Madison, Tennessee.")
                .with("state", "Tennessee", "Tennessee borders eight others, North Carolina in the east.")
                .amongOthers(60);
    }

    private static List<String> sources(List<FoundPassage> found) {
        return found.stream().map(f -> f.passage().source()).toList();
    }

    private static PassageRetriever retriever(SampleCorpus corpus, boolean vectors) {
        return vectors ? corpus.vectors() : corpus.words();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void reachesWhatOnlyAFoundPassageNames(boolean vectors) {
        List<FoundPassage> found = retriever(songs(), vectors).find(QUESTION, 5, PassageFilter.PUBLIC);

        assertThat(sources(found)).contains("song", "singer");
    }

    @Test
    void tellsThePath() {
        FoundPassage state = songs().words().find(QUESTION, 5, PassageFilter.PUBLIC).stream()
                .filter(f -> f.passage().source().equals("state"))
                .findFirst()
                .orElseThrow();

        assertThat(state.path()).last().extracting(FoundPassage.Step::passage).isEqualTo("state#0");
        assertThat(state.reason()).isNotBlank();
    }

    @Test
    void returnsNothingOfAnEmptyCorpus() {
        assertThat(new SampleCorpus().words().find(QUESTION, 5, PassageFilter.PUBLIC))
                .isEmpty();
    }

    @Test
    void bearsAQuestionWithoutWords() {
        assertThat(songs().vectors().find("?!", 5, PassageFilter.PUBLIC)).hasSizeLessThanOrEqualTo(5);
    }

    @Test
    void showsTenantsTheirOwnAndEverybodysPassages() {
        SampleCorpus corpus = new SampleCorpus()
                .with(Document.of("mine", "Refund", "The refund of Anna is late.")
                        .withTenant("anna"))
                .with(Document.of("hers", "Refund", "The refund of Berta is late.")
                        .withTenant("berta"))
                .with("all", "Refund policy", "A refund takes a week.")
                .amongOthers(20);

        List<FoundPassage> found =
                corpus.vectors().find("Where is the refund?", 30, PassageFilter.PUBLIC.withTenant("anna"));

        assertThat(sources(found)).contains("mine", "all").doesNotContain("hers");
    }

    @Test
    void doesNotWalkThroughWhatIsHidden() {
        SampleCorpus corpus = new SampleCorpus()
                .with(Document.of("song", "Hello Love", "Hello Love was sung by Hank Snow.")
                        .withTenant("berta"))
                .with("singer", "Hank Snow", "He lived somewhere.")
                .amongOthers(60);

        List<FoundPassage> open = corpus.words().find("Hello Love", 100, PassageFilter.PUBLIC.withTenant("berta"));
        List<FoundPassage> hidden = corpus.words().find("Hello Love", 100, PassageFilter.PUBLIC);

        assertThat(sources(open)).startsWith("song", "singer");
        assertThat(hidden)
                .noneMatch(f -> f.reason().toLowerCase(java.util.Locale.ROOT).contains("hello love"));
        assertThat(sources(hidden)).doesNotContain("song");
    }

    @Test
    void findsOnlyWhatHeldAtTheTime() {
        Instant change = Instant.parse("2026-01-01T00:00:00Z");
        SampleCorpus corpus = new SampleCorpus()
                .with(Document.of("old", "Shipping fee", "The shipping fee is 5 dollars.")
                        .withValidity(Instant.MIN, change))
                .with(Document.of("new", "Shipping fee", "The shipping fee is 7 dollars.")
                        .withValidity(change, Instant.MAX))
                .amongOthers(20);

        List<FoundPassage> before =
                corpus.words().find("shipping fee", 9, PassageFilter.PUBLIC.at(change.minusSeconds(1)));
        List<FoundPassage> since = corpus.words().find("shipping fee", 9, PassageFilter.PUBLIC.at(change));

        assertThat(sources(before)).contains("old").doesNotContain("new");
        assertThat(sources(since)).contains("new").doesNotContain("old");
    }

    @Test
    void looksOnlyIntoTheNamedSources() {
        List<FoundPassage> found =
                songs().words().find(QUESTION, 9, PassageFilter.PUBLIC.withSources(Set.of("singer", "state")));

        assertThat(sources(found)).isSubsetOf("singer", "state").contains("singer");
    }

    @Test
    void findsChineseByWordsAndByAnAlias() {
        SampleCorpus corpus = new SampleCorpus()
                .with(Document.of("pack", "Ridge 40 Backpack", "It holds 40 litres and has a warranty of three years.")
                        .withAliases(List.of("山脊登山背包")))
                .with("policy", "退货政策", "未使用的商品可以在三十天内退货。")
                .amongOthers(30);

        List<FoundPassage> byAlias = corpus.words().find("山脊登山背包保修多久？", 1, PassageFilter.PUBLIC);
        List<FoundPassage> byWords = corpus.words().find("多少天内可以退货？", 1, PassageFilter.PUBLIC);

        assertThat(sources(byAlias)).containsExactly("pack");
        assertThat(sources(byWords)).containsExactly("policy");
    }

    @Test
    void returnsTheBestPassageOfEachSource() {
        String tent = "The tent is dry. ".repeat(60) + "\n\n" + "The tent is light. ".repeat(60);
        SampleCorpus corpus = new SampleCorpus().with("tent", "Tent", tent).amongOthers(20);

        List<FoundPassage> found = corpus.words().findSources("tent light", 9, PassageFilter.PUBLIC);

        assertThat(sources(found)).doesNotHaveDuplicates().startsWith("tent");
        assertThat(found.getFirst().passage().text()).contains("light");
    }
}
