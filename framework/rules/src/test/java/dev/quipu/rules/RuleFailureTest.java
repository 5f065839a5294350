package dev.quipu.rules;

import static dev.quipu.rules.SampleRules.HEADER;
import static dev.quipu.rules.SampleRules.fact;
import static dev.quipu.rules.SampleRules.order;
import static dev.quipu.rules.SampleRules.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quipu.Fact;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class RuleFailureTest {
    @Test
    void aMissingValueFailsTheRuleInsteadOfDeciding() {
        Fact undelivered = fact("f7", "order", Map.of("status", "shipped"));

        assertFails(
                "$o : Known(type == \"order\", date(\"deliveredAt\") == null)",
                "decisions.deny(\"x\");",
                undelivered,
                RulesError.RULE_FAILED,
                "\"broken\"",
                "QP-RULES-007",
                "deliveredAt",
                "f7");
    }

    @Test
    void aValueOfAnotherTypeFailsTheRule() {
        assertFails(
                "$o : Known(number(\"status\") > 3)",
                "decisions.deny(\"x\");",
                order("shipped"),
                RulesError.RULE_FAILED,
                "is not a number but String");
    }

    @Test
    void aValueThatIsNoDateFailsTheRule() {
        assertFails(
                "$o : Known(date(\"status\") != null)",
                "decisions.deny(\"x\");",
                order("2026-13-45"),
                RulesError.RULE_FAILED,
                "no date: 2026-13-45");
    }

    @Test
    void anExceptionInAConsequenceNamesTheRule() {
        assertFails(
                "$o : Known()",
                "throw new IllegalStateException(\"boo\");",
                order("x"),
                RulesError.RULE_FAILED,
                "\"broken\"",
                "topic t",
                "boo");
    }

    @Test
    void endlessRecursionFailsTheRule() {
        assertFails(
                "$o : Known()",
                "decisions.deny(\"x\" + depth(1));",
                order("x"),
                RulesError.RULE_FAILED,
                "StackOverflow");
    }

    @Test
    void aReasonThatIsNoKeyFailsTheRule() {
        assertFails(
                "$o : Known()",
                "decisions.deny(\"You may not!\");",
                order("x"),
                RulesError.RULE_FAILED,
                "QP-RULES-008",
                "You may not!");
    }

    @Test
    void aValueThatIsNotPlainFailsTheRule() {
        assertFails(
                "$o : Known()",
                "decisions.deny(\"x\").with(\"order\", $o);",
                order("x"),
                RulesError.RULE_FAILED,
                "QP-RULES-008",
                "dev.quipu.rules.Known");
    }

    @Test
    void aNullValueFailsTheRule() {
        assertFails(
                "$o : Known()",
                "decisions.deny(\"x\").with(\"order\", null);",
                order("x"),
                RulesError.RULE_FAILED,
                "QP-RULES-008",
                "null");
    }

    @Test
    void rulesThatSetEachOtherOffStopAtTheFireLimit() {
        assertFails(
                builder -> builder.fireLimit(500).deadline(Duration.ofMinutes(5)),
                "$o : Known()",
                "update($o);",
                order("x"),
                RulesError.FIRE_LIMIT,
                "500 times",
                "\"broken\"");
    }

    @Test
    void rulesThatSetEachOtherOffStopAtTheDeadline() {
        assertFails(
                builder -> builder.fireLimit(Integer.MAX_VALUE).deadline(Duration.ofMillis(30)),
                "$o : Known()",
                "update($o);",
                order("x"),
                RulesError.DEADLINE,
                "of 30 ms",
                "\"broken\"");
    }

    @Test
    void rulesThatMakeEverMoreFactsStopAtTheFireLimit() {
        assertFails(
                builder -> builder.fireLimit(1000),
                "$n : Long()",
                "insert(Long.valueOf($n + 1));",
                order("x"),
                RulesError.FIRE_LIMIT,
                "1000 times");
    }

    private static void assertFails(
            String condition, String consequence, Fact fact, RulesError error, String... parts) {
        assertFails(builder -> {}, condition, consequence, fact, error, parts);
    }

    private static void assertFails(
            Consumer<DroolsPolicy.Builder> settings,
            String condition,
            String consequence,
            Fact fact,
            RulesError error,
            String... parts) {
        String drl = HEADER + """
                function int depth(int n) {
                  return depth(n + 1) + 1;
                }
                rule "first" when Today() then insert(Long.valueOf(1)); end
                rule "broken" when %s then %s end
                """.formatted(condition, consequence);
        DroolsPolicy.Builder builder =
                DroolsPolicy.builder().clock(SampleRules.CLOCK).rules("broken.drl", drl);
        settings.accept(builder);

        try (DroolsPolicy policy = builder.build()) {
            assertThatThrownBy(() -> policy.decide(request("t", fact)))
                    .isInstanceOfSatisfying(
                            RulesException.class, e -> assertThat(e.code()).isEqualTo(error))
                    .hasMessageContainingAll(List.of(parts).toArray(CharSequence[]::new));
        }
    }
}
