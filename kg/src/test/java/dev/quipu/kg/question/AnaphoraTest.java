package dev.quipu.kg.question;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quipu.Mention;
import dev.quipu.Mention.Stage;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnaphoraTest {
    private static final Mention ORDER = new Mention("order", "A1", "A1", 3, 5, 1, Stage.ID);
    private static final Mention TENT = new Mention("product", "P1", "Tent", 0, 4, 1, Stage.GAZETTEER);

    @ParameterizedTest
    @CsvSource({
        "and how was it paid, it, 12",
        "How was this order paid, this order, 8",
        "它一共多少钱, 它, 0",
        "该订单付款了吗, 该订单, 0"
    })
    void readsAPronounAsTheOrderInQuestion(String text, String pronoun, int at) {
        List<List<Mention>> alternatives = Anaphora.alternatives(text, List.of(), List.of(ORDER));

        assertThat(alternatives).hasSize(2);
        Mention meant = alternatives.getLast().getFirst();
        assertThat(meant.id()).isEqualTo("A1");
        assertThat(meant.how()).isEqualTo(Stage.CONVERSATION);
        assertThat(text.substring(meant.start(), meant.end())).isEqualTo(pronoun);
        assertThat(meant.start()).isEqualTo(at);
    }

    @Test
    void leavesOpenWhichOfTwoThingsIsMeant() {
        List<List<Mention>> alternatives = Anaphora.alternatives("is it in stock", List.of(), List.of(ORDER, TENT));

        assertThat(alternatives).hasSize(3);
        assertThat(alternatives.subList(1, 3))
                .extracting(a -> a.getFirst().slot())
                .containsExactly("order", "product");
    }

    @Test
    void findsNoPronounInsideOfAWordOrAMention() {
        assertThat(Anaphora.alternatives("the merit of items", List.of(), List.of(ORDER)))
                .hasSize(1);
        Mention it = new Mention("option", "size=it", "it", 0, 2, 1, Stage.GAZETTEER);
        assertThat(Anaphora.alternatives("it please", List.of(it), List.of(ORDER)))
                .hasSize(1);
    }

    @Test
    void asksOfNothingElseWhereTheQuestionNamesOne() {
        assertThat(Anaphora.alternatives("A1 is it paid", List.of(ORDER), List.of(ORDER)))
                .hasSize(1);
    }
}
