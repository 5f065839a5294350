package dev.quipu.runtime;

import dev.quipu.Answer;
import dev.quipu.Decision;
import dev.quipu.Evidence;
import dev.quipu.Fact;
import dev.quipu.Identity;
import dev.quipu.Intent;
import dev.quipu.Language;
import dev.quipu.Mention;
import dev.quipu.Retrieval;
import dev.quipu.Source;
import dev.quipu.Subgraph;
import dev.quipu.Verification;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Turns with every kind of value in them, as a log has to give them back. */
final class SampleTurns {
    static final Identity ANNA = new Identity.Customer("shop", "anna");

    private static final Mention ORDER = new Mention("order", "W1", "#W1", 9, 12, 1, Mention.Stage.ID);

    private SampleTurns() {}

    static LoggedTurn turn(String conversation, long sequence) {
        return turn(conversation, sequence, "Where is \"#W1\"?\n订单在哪里\u2028 " + sequence);
    }

    static LoggedTurn turn(String conversation, long sequence, String question) {
        Instant at = Instant.parse("2026-01-02T03:04:05.000000006Z").plusSeconds(sequence);
        Turn turn = new Turn(conversation, sequence, at, ANNA, question, answer(sequence));
        Intent pending = new Intent("order.cancel", "Cancel an order", 0.75, List.of(ORDER), List.of("reason"));
        return new LoggedTurn(turn, List.of(ORDER), sequence % 2 == 0 ? Optional.of(pending) : Optional.empty());
    }

    private static Answer answer(long sequence) {
        Map<String, Object> values = Map.of("total", 12.5, "items", 3L, "open", true, "tags", List.of("a", "b"));
        Fact fact = new Fact("f1", "order", "Order #W1 is on its way.", values, List.of(new Source("orders.json", 7)));
        Subgraph graph = new Subgraph(
                List.of(new Subgraph.Node("1", "Order", "#W1"), new Subgraph.Node("2", "User", "Anna")),
                List.of(new Subgraph.Edge("2", "1", "PLACED")));
        Decision decision =
                new Decision("shipping", Decision.Outcome.INFORM, "shipping.days", Map.of("days", 3L), List.of("f1"));
        Evidence evidence = new Evidence(
                "order.status",
                new Retrieval(List.of(fact), graph, "MATCH (o:Order) RETURN o"),
                List.of(decision),
                new Verification(List.of("#W1"), List.of()),
                List.of(new Evidence.Step("retrieve", 1.25, "1 fact")));
        return new Answer(
                "It is on its way.", Language.CHINESE, Answer.Path.TEMPLATE, evidence, 12.5 + sequence, false);
    }
}
