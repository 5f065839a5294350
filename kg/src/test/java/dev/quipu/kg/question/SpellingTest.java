package dev.quipu.kg.question;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpellingTest {
    private final Spelling spelling = new Spelling(List.of(
            "what is the status of my order",
            "what is the balance of my gift card",
            "which address is on file",
            "price"));

    @ParameterizedTest
    @CsvSource({
        "whats the stauts, whats the status",
        "gift card balence, gift card balance",
        "my adress please, my address please"
    })
    void readsASlipAsTheWordThatIsMeant(String written, String meant) {
        assertThat(spelling.correct(written)).isEqualTo(meant);
    }

    @ParameterizedTest
    @CsvSource({
        "status, status",
        "priced, priced",
        "warranty, warranty",
        "ordr, ordr",
        "订单状态, 订单状态",
        "W1234567, W1234567"
    })
    void leavesWhatIsKnownShortOrFarFromAnyWord(String written, String kept) {
        assertThat(spelling.correct(written)).isEqualTo(kept);
    }

    @ParameterizedTest
    @CsvSource({"stauts, status, 1", "balence, balance, 1", "status, status, 0", "cat, dog, 3", "abc, abcd, 1"})
    void countsSlips(String a, String b, int slips) {
        assertThat(Spelling.slips(a, b)).isEqualTo(slips);
    }
}
