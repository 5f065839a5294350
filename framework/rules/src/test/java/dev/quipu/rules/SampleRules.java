package dev.quipu.rules;

import dev.quipu.Fact;
import dev.quipu.Identity;
import dev.quipu.Language;
import dev.quipu.Mention;
import dev.quipu.PolicyRequest;
import dev.quipu.Question;
import dev.quipu.Source;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

/** Rules and requests that several tests use. */
final class SampleRules {
    static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-20T09:00:00Z"), ZoneOffset.UTC);

    static final String HEADER = """
            package sample.rules
            import dev.quipu.rules.*
            global Decisions decisions

            """;

    static final String CANCEL = HEADER + """
            rule "an order that has left cannot be cancelled"
            when
              Request(topic == "cancel")
              $order : Known(type == "order", text("status") != "pending")
            then
              decisions.deny("cancel.not-pending").with("status", $order.text("status"));
            end

            rule "a pending order can be cancelled"
            when
              Request(topic == "cancel")
              Known(type == "order", text("status") == "pending")
            then
              decisions.allow("cancel.allowed");
            end
            """;

    static final String RETURN = HEADER + """
            rule "the time for returns is over"
            when
              Request(topic == "return")
              $order : Known(type == "order", has("deliveredAt"), $delivered : date("deliveredAt"))
              $today : Today(daysSince($delivered) > 30)
            then
              decisions.deny("return.window-over").with("days", $today.daysSince($delivered));
            end
            """;

    private SampleRules() {}

    static DroolsPolicy policy(String... files) {
        DroolsPolicy.Builder builder = DroolsPolicy.builder().clock(CLOCK);
        for (int i = 0; i < files.length; i++) {
            builder.rules("file" + i + ".drl", files[i]);
        }
        return builder.build();
    }

    static Fact fact(String id, String type, Map<String, Object> values) {
        return new Fact(id, type, "A fact.", values, List.of(new Source("test.csv", 1)));
    }

    static Fact order(String status) {
        return fact("f1", "order", Map.of("status", status, "total", 99.5));
    }

    static PolicyRequest request(String topic, Fact... facts) {
        return new PolicyRequest(topic, question(), List.of(), List.of(facts));
    }

    static PolicyRequest request(String topic, Mention... mentions) {
        return new PolicyRequest(topic, question(), List.of(mentions), List.of());
    }

    static Question question() {
        return new Question("c1", new Identity.Customer("shop", "K1"), "May I?", Language.ENGLISH);
    }
}
