package dev.quipu.kg.question;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quipu.Fact;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FactSheetTest {
    private static final String TEMPLATE = "Order W1 is pending and costs 20 euros.";
    private static final List<Fact> FACTS = List.of(
            fact("f1", "Order W1 is pending."),
            fact("f2", "It costs 20 euros."),
            fact("f3", "Order W2 costs 35 euros."));
    private static final FactSheet SHEET = new FactSheet(FACTS.subList(0, 2), FACTS.subList(2, 3));

    private static Fact fact(String id, String text) {
        return new Fact(id, "order", text, Map.of(), List.of());
    }

    @Test
    void showsTheFirstFactsThatTheBudgetHolds() {
        FactSheet sheet = FactSheet.within(10, FACTS, line -> line.split(" ").length);

        assertThat(sheet.text()).isEqualTo("[f1] Order W1 is pending.\n[f2] It costs 20 euros.\n");
        assertThat(sheet.leftOut()).containsExactly(FACTS.get(2));
        assertThat(FactSheet.within(0, FACTS, String::length).shown()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Your order W1 is pending [f1]. It costs 20 euros [f2].",
                "Your order W1 is pending. [f1] It costs 20 euros. [f2]",
                "Your order W1 is pending and costs 20 euros [f1][f2].",
                "Your order W1 is pending and costs 20 euros.",
                "订单 W1 待处理。[f1] 价格是 20 欧元。[f2]",
            })
    void keepsWhatStandsInTheCitedFacts(String draft) {
        assertThat(SHEET.settle(draft, "", List.of(), TEMPLATE)).isEqualTo(draft);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Your order W1 is pending [f1]. It costs 20 euros [f1].",
                "Your order W1 is pending [f1]. It costs 35 euros.",
                "Your order W2 costs 35 euros [f3].",
                "Your order W1 is pending [f7].",
            })
    void putsTheTemplateInPlaceOfWhatTheyDoNotHold(String draft) {
        assertThat(SHEET.settle(draft, "", List.of(), TEMPLATE)).isEqualTo(TEMPLATE);
    }

    @Test
    void tellsWhichFactsAreCited() {
        assertThat(SHEET.cited("It costs 20 euros [f2], as [f1] and [f2] and [f9] say."))
                .containsExactly(FACTS.get(1), FACTS.get(0));
    }
}
