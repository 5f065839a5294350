package dev.quipu.server.eval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quipu.kg.Row;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RowMatchTest {
    private static final List<Row> GOLD =
            List.of(new Row(Map.of("name", "tent", "price", 12.5)), new Row(Map.of("name", "mug", "price", 3L)));

    @Test
    void takesOtherOrdersFurtherColumnsAndRoundedNumbers() {
        List<Row> answer = List.of(
                new Row(Map.of("c1", 3.001, "c2", "mug", "c3", true)), new Row(Map.of("c1", 12.5, "c2", "tent")));

        boolean same = RowMatch.same(GOLD, answer);

        assertThat(same).isTrue();
    }

    @Test
    void rejectsRowsTooManyOrWithValuesElsewhere() {
        List<Row> swapped = List.of(new Row(Map.of("c1", 12.5, "c2", "mug")), new Row(Map.of("c1", 3L, "c2", "tent")));

        assertThat(RowMatch.same(GOLD, swapped)).isFalse();
        assertThat(RowMatch.same(GOLD, GOLD.subList(0, 1))).isFalse();
        assertThat(RowMatch.same(GOLD, List.of(GOLD.get(0), GOLD.get(0)))).isFalse();
    }
}
