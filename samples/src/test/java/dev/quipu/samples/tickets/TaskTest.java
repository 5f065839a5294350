package dev.quipu.samples.tickets;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TaskTest {
    private static final TicketKind KIND =
            new TicketKind("cancel", List.of(), Map.of("yes", "Yes", "no", "No"), BySplit.of(split -> List.of()));
    private static final Ticket TICKET = new Ticket(
            KIND,
            "can I cancel {order}",
            "Hi, can I cancel A50001 with the red Dry Bag?",
            Map.of("order", "A50001", "option", "red"),
            List.of("order: A50001", "status: packed", "may cancel: yes"),
            List.of("A50001", "packed"),
            "yes",
            "Yes, order A50001 is packed, so you can cancel it.");

    @ParameterizedTest
    @CsvSource({
        "cancel, true",
        "' Cancel. ', true",
        "return, false",
        "cancel or return, false",
        "'The kind is cancel', false",
        "'', false"
    })
    void anIntentIsRightAsOneWord(String answer, boolean right) {
        assertThat(Task.INTENT.right(TICKET, answer)).isEqualTo(right);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"order\":\"A50001\",\"product\":null,\"option\":\"red\"} | true",
                "{\"order\":\"a50001\", \"option\":\"Red\"} | true",
                "{\"order\":\"A50001\",\"product\":\"Dry Bag\",\"option\":\"red\"} | false",
                "{\"order\":\"A50002\",\"product\":null,\"option\":\"red\"} | false",
                "{\"order\":\"A50001\",\"product\":null,\"option\":null} | false",
                "{\"order\":\"A50001\",\"product\":null,\"option\":\"red\",\"size\":1} | false",
                "A50001, red | false",
                "'' | false"
            })
    void slotsAreRightWhenEachIs(String answer, boolean right) {
        assertThat(Task.SLOTS.right(TICKET, answer)).isEqualTo(right);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Yes, order A50001 is packed, so you can cancel it. | true",
                "Yes, you can: A50001 is only packed. | true",
                "No, order A50001 is packed, so you cannot. | false",
                "Order A50001 is packed, so you can cancel it. | false",
                "Yes, you can cancel order A50001. | false",
                "Yes, order A50001 is packed and costs 20 €. | false",
                "Yes, order: A50001; status: packed | false",
                "'' | false"
            })
    void aReplyIsRightWithAllFactsAndNothingElse(String answer, boolean right) {
        assertThat(Task.REPLY.right(TICKET, answer)).isEqualTo(right);
    }
}
