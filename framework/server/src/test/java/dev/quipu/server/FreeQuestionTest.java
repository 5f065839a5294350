package dev.quipu.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quipu.Identity;
import dev.quipu.Question;
import dev.quipu.kg.cypher.FreeAnswer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ShopExtension.class)
class FreeQuestionTest {
    private final ShopServer shop;

    FreeQuestionTest(ShopServer shop) {
        this.shop = shop;
    }

    /** The smallest model knows no Cypher to speak of, and still cannot write what Neo4j would refuse. */
    @Test
    void aModelOfAnySizeWritesWhatNeo4jTakesUnderTheGrammarOfTheShop() {
        Question question = Question.of(
                "c", new Identity.Customer("shop", "C1000"), "How many of my orders have more than 2 items?");

        FreeAnswer answer = shop.assembly().knowledge().askFreely(question).orElseThrow();

        assertThat(answer.attempts()).isNotEmpty().allSatisfy(attempt -> {
            assertThat(attempt.written()).startsWith("MATCH (");
            assertThat(attempt.refusedByStore()).isFalse();
        });
    }
}
