package dev.quipu.kg.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quipu.kg.GraphException;
import dev.quipu.kg.text.RankTraining.Example;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RankTrainingTest {
    /** Each question names a book whose passage names the author whose passage is wanted too. */
    private static List<Example> chains(int from, int to) {
        SampleCorpus corpus = new SampleCorpus().amongOthers(40);
        for (int i = from; i < to; i++) {
            String book = "Volume" + i;
            String author = "Writer" + i;
            corpus.with("book" + i, book, book + " was written by " + author + ".");
            corpus.with("author" + i, author, "Born in a town by the sea, and known for kindness.");
            corpus.with("decoy" + i, "Cover " + i, "Who wrote " + book + " and where was the writer of the book born?");
        }
        PassageRetriever retriever = corpus.words();
        List<Example> examples = new ArrayList<>();
        for (int i = from; i < to; i++) {
            examples.add(new Example(
                    retriever, "Where was the writer of Volume" + i + " born?", Set.of("book" + i, "author" + i)));
        }
        return examples;
    }

    private static double found(List<Example> examples, Ranking ranking) {
        return examples.stream()
                .mapToLong(e -> e.retriever().withRanking(ranking).find(e.question(), 2, PassageFilter.PUBLIC).stream()
                        .filter(f -> e.sources().contains(f.passage().source()))
                        .count())
                .average()
                .orElse(0);
    }

    private static final Ranking WORDS_ALONE = Ranking.read("{\"vectors\":[{\"WORDS\":1}],\"words\":[{\"WORDS\":1}]}");

    @Test
    void learnsFromSomeQuestionsWhatHelpsWithOthers() {
        Ranking learnt = RankTraining.learn(chains(0, 12));

        List<Example> others = chains(100, 112);
        assertThat(found(others, learnt))
                .isGreaterThan(found(others, WORDS_ALONE))
                .isGreaterThan(1.9);
    }

    @Test
    void learnsTheSameAgain() {
        assertThat(RankTraining.learn(chains(0, 5)).json())
                .isEqualTo(RankTraining.learn(chains(0, 5)).json());
    }

    @Test
    void keepsARankingAsText() {
        Ranking learnt = RankTraining.learn(chains(0, 5));

        assertThat(Ranking.read(learnt.json()).json()).isEqualTo(learnt.json());
    }

    @Test
    void refusesWhatIsNoRanking() {
        assertThatThrownBy(() -> Ranking.read("{\"vectors\":[{\"TASTE\":1}]}"))
                .isInstanceOf(GraphException.class)
                .hasMessageContaining("no ranking");
        assertThatThrownBy(() -> Ranking.read("{\"vectors\":[{\"WORDS\":1}]}"))
                .isInstanceOf(GraphException.class)
                .hasMessageContaining("words");
    }
}
