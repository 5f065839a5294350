package dev.quipu.kg.question;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quipu.Mention;
import dev.quipu.Mention.Stage;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SlotsTest {
    private static Slots slots(String... mentions) {
        return new Slots(Stream.of(mentions)
                .map(m -> m.split(" ", 2))
                .map(m -> new Mention(m[0], m[1], m[1], 0, 1, 1, Stage.ID))
                .toList());
    }

    @Test
    void fillsASecondSlotOfAKindByAnotherThingOnly() {
        assertThat(slots("order A1", "order A1").filled()).containsExactly("order");
        assertThat(slots("order A1", "order A2").filled()).containsExactly("order", "order2");
    }

    @Test
    void splitsOptionsThatExcludeEachOther() {
        Slots slots = slots("option color=red", "option color=blue", "option size=L");

        assertThat(slots.filled()).contains("option2");
        assertThat(slots.parameters(Set.of("option")).get("option-groups"))
                .isEqualTo(List.of(List.of("color=red", "size=L"), List.of("color=blue", "size=L")));
    }

    @Test
    void keepsOptionsThatHoldTogetherInOneGroup() {
        Slots slots = slots("option color=red", "option size=L");

        assertThat(slots.filled()).containsExactly("option");
        assertThat(slots.parameters(Set.of()).get("option-groups")).isEqualTo(List.of(List.of("color=red", "size=L")));
    }

    @Test
    void givesEachKnownSlotAValueAndAList() {
        Map<String, @Nullable Object> parameters = slots("order A1", "order A2").parameters(Set.of("order", "product"));

        assertThat(parameters.get("order")).isEqualTo("A1");
        assertThat(parameters.get("orders")).isEqualTo(List.of("A1", "A2"));
        assertThat(parameters).containsKey("product");
        assertThat(parameters.get("product")).isNull();
        assertThat(parameters.get("products")).isEqualTo(List.of());
    }

    @Test
    void givesPricesAsNumbers() {
        assertThat(slots("max-price 19.99").parameters(Set.of("max-price")).get("max-price"))
                .isEqualTo(19.99);
    }
}
