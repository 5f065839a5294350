package dev.quipu.server.eval;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScorecardTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "It costs $1,451.01.                | 1451.01   | true",
                "It costs 451.01 dollars.           | 1451.01   | false",
                "It costs 1451.01 dollars.          | 451.01    | false",
                "It is 45 cm.                       | 45.5      | false",
                "The order is Delivered.            | delivered | true",
                "The order is undelivered.          | delivered | false",
                "订单 #W1 已送达。                     | 已送达     | true",
                "I don’t know.                      | don't know | true"
            })
    void comparesWholeWordsAndNumbers(String answer, String gold, boolean right) throws JsonProcessingException {
        var all = new ObjectMapper().createObjectNode();
        all.putArray("all").add(gold);

        boolean found = Scorecard.isRight(answer, all);

        assertThat(found).isEqualTo(right);
    }

    @Test
    void needsOneOfAnyAndNoneOfNone() throws JsonProcessingException {
        var gold = new ObjectMapper().readTree("{\"all\":[],\"any\":[\"yes\",\"可以\"],\"none\":[\"pending\"]}");

        assertThat(Scorecard.isRight("Yes, you can.", gold)).isTrue();
        assertThat(Scorecard.isRight("Yes, it is pending.", gold)).isFalse();
        assertThat(Scorecard.isRight("You can.", gold)).isFalse();
        assertThat(Scorecard.isRight("  ", gold)).isFalse();
    }

    @Test
    void countsByFamilyAndByWhetherThereIsAnAnswer(@TempDir Path folder) throws IOException {
        Path questions = Files.writeString(folder.resolve("q.jsonl"), """
                {"id":"1","family":"a","answerable":true,"gold":{"all":["7"],"any":[],"none":[]}}
                {"id":"2","family":"a","answerable":true,"gold":{"all":["8"],"any":[],"none":[]}}
                {"id":"3","family":"b","answerable":false,"gold":{"all":[],"any":["don't know"],"none":[]}}
                {"id":"4","family":"b","answerable":false,"gold":{"all":[],"any":["not asked"],"none":[]}}
                """);
        Path answers = Files.writeString(folder.resolve("a.jsonl"), """
                {"id":"1","answer":"It is 7."}
                {"id":"2","answer":"It is 9."}
                {"id":"3","answer":"I don't know."}
                """);

        Scorecard card = Scorecard.of(questions, answers);

        assertThat(card.families()).containsEntry("a", new Scorecard.Count(1, 2));
        assertThat(card.answerable()).isEqualTo(new Scorecard.Count(1, 2));
        assertThat(card.unanswerable()).isEqualTo(new Scorecard.Count(1, 1));
    }
}
