package dev.quipu.kg.question;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quipu.Fact;
import dev.quipu.Verification;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClaimCheckerTest {
    private static final Fact FACT = new Fact(
            "f1",
            "order",
            "Order A50001 was sent to Ada Lovelace on 2026-01-02.",
            Map.of("total", 1234.5, "items", 3L, "email", "ada@example.org"),
            List.of());

    private static Verification check(String text) {
        return ClaimChecker.check(text, "How much is two of B7?", List.of(FACT), List.of());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "Your order A50001 costs 1,234.50 in total.#",
                "It holds 3 items, sent to Ada Lovelace.#",
                "Write to ada@example.org about B7.#",
                "You asked for 2 of them.#",
                "Order A50002 was sent.#A50002",
                "It costs 1,234.51.#1,234.51",
                "It was sent to Bob Hope.#Bob Hope",
                "Write to bob@example.org.#bob@example.org",
                "It holds 4 items.#4",
                "Order A5000 was sent.#A5000",
                "It was sent to Ada Love.#Ada Love"
            })
    void findsWhatTheEvidenceDoesNotHold(String text, String unsupported) {
        List<String> expected = unsupported == null ? List.of() : List.of(unsupported);

        assertThat(check(text).unsupported()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"Hello and welcome back!", "您好，很高兴为您服务。"})
    void claimsNothingInSmallTalk(String text) {
        assertThat(check(text).claims()).isEmpty();
    }
}
