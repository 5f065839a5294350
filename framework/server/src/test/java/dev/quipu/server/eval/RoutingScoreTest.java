package dev.quipu.server.eval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quipu.kg.Row;
import dev.quipu.server.eval.FreeQuestions.FreeQuestion;
import dev.quipu.server.eval.RoutingScore.Way;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RoutingScoreTest {
    private static final FreeQuestion QUESTION = new FreeQuestion("q1", "tune", "average", "en", "c", "?", "RETURN 1");
    private static final List<Row> GOLD = List.of(new Row(Map.of("a", 1234.5, "b", List.of("Tent", "Mug"))));

    @Test
    void tellsTemplatesThatHoldTheGoldFromThoseThatDoNot() {
        RoutingScore score = new RoutingScore();

        String right = score.free(QUESTION, Way.template, "order.sum", "A tent and a MUG for 1,234.50 € in all.", GOLD);
        String other = score.free(QUESTION, Way.template, "order.sum", "A tent and a mug for 1,234.60 €.", GOLD);
        score.free(QUESTION, Way.query, ":free", "", GOLD);
        score.declared(new QuestionFile.Asked("d1", "c", "?"), Way.query, ":free");

        assertThat(right).contains("\"tells_gold\":true");
        assertThat(other).contains("\"tells_gold\":false");
        assertThat(score.table())
                .contains("free questions: 3, to the writer of queries 1, to a template 2")
                .contains("1 are told the gold's values, 1 are not")
                .contains("declared questions: 1, to the writer of queries 1");
        assertThat(score.json()).contains("\"eval.routing.free.query\":1", "\"eval.routing.declared.template\":0");
    }
}
