package dev.quipu.kg.cypher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quipu.Mention;
import dev.quipu.kg.cypher.Exposure.Place;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BindingsTest {
    private static final Exposure EXPOSURE = new Exposure(
            "Customer",
            Optional.empty(),
            Map.of(),
            Set.of(),
            Set.of(),
            Set.of(),
            Map.of("product", new Place("Product", "id"), "payment-kind", new Place("PaymentMethod", "kind")),
            Set.of(),
            List.of(),
            List.of(),
            Map.of(),
            List.of());

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "more than three of 1,250.50 dollars | 1250.5 | 3",
                "超过三件，低于100元                      | 100    | 3",
                "since 2026-10-01                    | 2026   | 10"
            })
    void findsTheNumbersOfAQuestion(String question, String one, String other) {
        Bindings bindings = Bindings.of(question, List.of(), EXPOSURE);

        assertThat(bindings.numbers()).contains("0", "1", "2", one, other);
    }

    @Test
    void namesEachThingOnceAndKeepsItsDigitsOutOfTheNumbers() {
        String question = "is 7777 cheaper than 8888, paid by card?";
        List<Mention> mentions = List.of(
                new Mention("product", "p1", "7777", 3, 7, 1, Mention.Stage.ID),
                new Mention("product", "p2", "8888", 21, 25, 1, Mention.Stage.ID),
                new Mention("product", "p1", "7777", 3, 7, 1, Mention.Stage.ID),
                new Mention("payment-kind", "credit_card", "credit_card", 35, 39, 1, Mention.Stage.GAZETTEER),
                new Mention("customer", "bob", "bob", 0, 0, 1, Mention.Stage.ID));

        Bindings bindings = Bindings.of(question, mentions, EXPOSURE);

        assertThat(bindings.values())
                .extracting(Bindings.LinkedValue::name)
                .containsExactly("product", "product2", "paymentKind");
        assertThat(bindings.numbers()).containsExactlyInAnyOrder("0", "1", "2");
    }
}
