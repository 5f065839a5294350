package dev.quipu.kg.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TopicsTest {
    private static SampleCorpus twoTopics() {
        SampleCorpus corpus = new SampleCorpus();
        for (int i = 0; i < 6; i++) {
            corpus.with("music" + i, "Song " + i, "It was sung by Hank Snow and Kitty Wells at Nashville Hall.");
            corpus.with("river" + i, "Report " + i, "It tells of the Bubye River and the Limpopo Basin.");
        }
        return corpus;
    }

    @Test
    void namesWhatHoldsPassagesTogether() {
        List<Topic> topics = Topics.of(twoTopics().snapshot(false), 5, PassageFilter.PUBLIC);

        assertThat(topics).hasSize(2);
        assertThat(topics).anySatisfy(t -> {
            assertThat(t.names()).contains("hank snow", "kitty wells");
            assertThat(t.passages()).hasSize(6).allMatch(p -> p.startsWith("music"));
        });
    }

    @Test
    void summarisesATopicByTheSentencesThatNameTheMostOfIt() {
        SampleCorpus corpus = new SampleCorpus();
        for (int i = 0; i < 4; i++) {
            corpus.with("s" + i, "Song " + i, "It is old. Hank Snow sang it. Hank Snow and Kitty Wells met in it.");
        }

        Topic topic = Topics.of(corpus.snapshot(false), 1, PassageFilter.PUBLIC).getFirst();

        assertThat(topic.summary()).containsExactly("Hank Snow and Kitty Wells met in it.");
    }

    @Test
    void tellsNothingOfHiddenPassages() {
        SampleCorpus corpus = twoTopics();
        for (int i = 0; i < 4; i++) {
            corpus.with(Document.of("secret" + i, "Memo " + i, "It tells of the Zebra Project and Hank Snow.")
                    .withTenant("berta"));
        }

        List<Topic> topics = Topics.of(corpus.snapshot(false), 5, PassageFilter.PUBLIC);

        assertThat(topics).allSatisfy(t -> {
            assertThat(t.names()).doesNotContain("zebra project");
            assertThat(t.passages()).noneMatch(p -> p.startsWith("secret"));
        });
    }
}
