package dev.quipu.rules;

import static dev.quipu.rules.SampleRules.HEADER;
import static dev.quipu.rules.SampleRules.fact;
import static dev.quipu.rules.SampleRules.order;
import static dev.quipu.rules.SampleRules.policy;
import static dev.quipu.rules.SampleRules.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quipu.ApiError;
import dev.quipu.Decision;
import dev.quipu.Decision.Outcome;
import dev.quipu.Identity;
import dev.quipu.Language;
import dev.quipu.Mention;
import dev.quipu.PolicyRequest;
import dev.quipu.Question;
import dev.quipu.QuipuException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DroolsPolicyTest {
    @Test
    void decisionNamesItsRuleItsReasonItsValuesAndTheFactsItRestsOn() {
        try (DroolsPolicy policy = policy(SampleRules.CANCEL)) {
            List<Decision> decisions = policy.decide(request("cancel", order("shipped")));

            assertThat(decisions)
                    .containsExactly(new Decision(
                            "an order that has left cannot be cancelled",
                            Outcome.DENY,
                            "cancel.not-pending",
                            Map.of("status", "shipped"),
                            List.of("f1")));
        }
    }

    @Test
    void saysNothingAboutATopicWithoutRules() {
        try (DroolsPolicy policy = policy(SampleRules.CANCEL)) {
            assertThat(policy.decide(request("weather", order("shipped")))).isEmpty();
        }
    }

    @Test
    void strongestOutcomeComesFirstThenTheHighestSalience() {
        String conflict = HEADER + """
                rule "inform" when Request(topic == "t") then decisions.inform("d"); end
                rule "allow" when Request(topic == "t") then decisions.allow("c"); end
                rule "confirm" when Request(topic == "t") then decisions.confirm("c"); end
                rule "hand over" when Request(topic == "t") then decisions.handOver("b"); end
                rule "deny weakly" when Request(topic == "t") then decisions.deny("a"); end
                rule "deny strongly" salience 5 when Request(topic == "t") then decisions.deny("a"); end
                """;
        try (DroolsPolicy policy = policy(conflict)) {
            assertThat(policy.decide(request("t", order("x"))))
                    .extracting(Decision::rule)
                    .containsExactly("deny strongly", "deny weakly", "hand over", "confirm", "allow", "inform");
        }
    }

    @Test
    void rulesOfOnePackageMayStandInSeveralFiles() {
        try (DroolsPolicy policy = policy(SampleRules.CANCEL, SampleRules.RETURN)) {
            assertThat(policy.ruleNames())
                    .containsExactly(
                            "a pending order can be cancelled",
                            "an order that has left cannot be cancelled",
                            "the time for returns is over");
        }
    }

    @Test
    void rulesReckonWithTheDateOfTheClock() {
        try (DroolsPolicy policy = policy(SampleRules.RETURN)) {
            PolicyRequest late = request("return", fact("f1", "order", Map.of("deliveredAt", "2026-10-01T10:00:00Z")));
            PolicyRequest early = request("return", fact("f1", "order", Map.of("deliveredAt", "2026-11-01")));

            assertThat(policy.decide(late)).extracting(Decision::values).containsExactly(Map.of("days", 50L));
            assertThat(policy.decide(early)).isEmpty();
        }
    }

    @Test
    void rulesSeeWhoAsksAndWhatIsMentioned() {
        String access = HEADER + """
                rule "visitors sign in"
                when
                  $r : Request(topic == "access", anonymous, tenant == "shop", customerId == "", language == "zh")
                  $slot : Slot(slot == "order")
                then
                  decisions.deny("access.sign-in").with("order", $slot.id()).with("name", $slot.name());
                end
                """;
        Question visitor = new Question("c", new Identity.Anonymous("shop"), "查订单", Language.CHINESE);
        Mention mention = new Mention("order", "#1", "order 1", 0, 2, 1, Mention.Stage.ID);
        try (DroolsPolicy policy = policy(access)) {
            List<Decision> decisions =
                    policy.decide(new PolicyRequest(PolicyRequest.ACCESS, visitor, List.of(mention), List.of()));

            assertThat(decisions)
                    .extracting(Decision::values)
                    .containsExactly(Map.of("order", "#1", "name", "order 1"));
        }
    }

    @Test
    void aDecisionCitesFactsThatItReachedThroughAccumulateWhenToldSo() {
        String sum = HEADER + """
                rule "sum"
                when
                  $order : Known(type == "order")
                  accumulate($p : Known(type == "payment", $b : number("balance")); $sum : sum($b))
                then
                  decisions.inform("sum").with("sum", $sum).basedOn($order);
                end
                """;
        try (DroolsPolicy policy = policy(sum)) {
            List<Decision> decisions = policy.decide(request(
                    "t",
                    order("x"),
                    fact("f2", "payment", Map.of("balance", 20L)),
                    fact("f3", "payment", Map.of("balance", 5.5))));

            assertThat(decisions)
                    .containsExactly(new Decision("sum", Outcome.INFORM, "sum", Map.of("sum", 25.5), List.of("f1")));
        }
    }

    @Test
    void factsAreComparedWithEachOther() {
        String cover = HEADER + """
                rule "too little on the card"
                when
                  $order : Known(type == "order", $total : number("total"))
                  $card : Known(type == "payment", number("balance") < $total)
                then
                  decisions.deny("modify.balance-too-low").with("total", $total);
                end
                """;
        try (DroolsPolicy policy = policy(cover)) {
            PolicyRequest poor = request("modify", order("pending"), fact("f2", "payment", Map.of("balance", 20L)));
            PolicyRequest rich = request("modify", order("pending"), fact("f2", "payment", Map.of("balance", 200L)));

            assertThat(policy.decide(poor)).extracting(Decision::facts).containsExactly(List.of("f1", "f2"));
            assertThat(policy.decide(rich)).isEmpty();
        }
    }

    @Test
    void whatIsSaidTwiceIsThereOnce() {
        Mention mention = new Mention("order", "#1", "#1", 0, 2, 1, Mention.Stage.ID);
        String once = HEADER + "rule \"x\" when Slot(slot == \"order\") then decisions.inform(\"seen\"); end";
        try (DroolsPolicy policy = policy(once)) {
            assertThat(policy.decide(request("t", mention, mention))).hasSize(1);
        }
    }

    @Test
    void valuesArePlain() {
        String plain = HEADER + """
                import java.math.BigDecimal
                import java.util.List
                rule "x"
                when
                  $today : Today()
                then
                  decisions.inform("plain").with("int", 5).with("decimal", new BigDecimal("1.5"))
                      .with("date", $today.date()).with("list", List.of(1, "a")).with("flag", true);
                end
                """;
        try (DroolsPolicy policy = policy(plain)) {
            Map<String, Object> values =
                    policy.decide(request("t", order("x"))).getFirst().values();

            assertThat(values)
                    .isEqualTo(Map.of(
                            "int",
                            5L,
                            "decimal",
                            1.5,
                            "date",
                            LocalDate.of(2026, 11, 20).toString(),
                            "list",
                            List.of(1L, "a"),
                            "flag",
                            true));
        }
    }

    @Test
    void warmUpDecidesForAVisitorWhoAsksForNothing() {
        try (DroolsPolicy policy = policy(SampleRules.CANCEL)) {
            policy.warmUp();

            assertThat(policy.decide(request("cancel", order("pending")))).hasSize(1);
        }
    }

    @Test
    void refusesToDecideOnceClosed() {
        DroolsPolicy policy = policy(SampleRules.CANCEL);

        policy.close();

        assertThatThrownBy(() -> policy.decide(request("cancel", order("pending"))))
                .isInstanceOfSatisfying(
                        QuipuException.class, e -> assertThat(e.code()).isEqualTo(ApiError.CLOSED));
    }
}
