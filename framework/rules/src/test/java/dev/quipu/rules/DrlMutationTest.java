package dev.quipu.rules;

import static dev.quipu.rules.SampleRules.order;
import static dev.quipu.rules.SampleRules.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quipu.Decision;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whatever is written into a rule file, there is a policy that decides, or a typed error that names a place. */
class DrlMutationTest {
    private static final List<String> PIECES = List.of(
            "rule",
            "when",
            "then",
            "end",
            "not",
            "exists",
            "forall(",
            "accumulate(",
            "from",
            "eval(true)",
            "update($order);",
            "insert(new Object());",
            "salience",
            "\"",
            "'",
            "(",
            ")",
            "{",
            "}",
            ";",
            "$x :",
            "==",
            "!=",
            "null",
            "||",
            "Known()",
            "Request()",
            "decisions",
            "import java.io.*",
            "global",
            "function int f() { return 1; }",
            "query q() end",
            "declare A end",
            "\\",
            "/*",
            "*/",
            "//",
            "#",
            "\u0000",
            "中",
            "\uD83D\uDE00",
            "-1",
            "1e999",
            "extends",
            "@",
            "lock-on-active",
            "no-loop",
            "over window:time(5s)",
            "[",
            "]",
            "->",
            "&&",
            "%",
            "package a.b");

    @Test
    void mutantsAreRefusedWithAPlaceOrDecide() {
        survive(120, 20261120L);
    }

    @Test
    @Tag("long")
    void manyMutantsAreRefusedWithAPlaceOrDecide() {
        survive(3_000, 42L);
    }

    private static void survive(int mutants, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < mutants; i++) {
            String mutant = SampleRules.RETURN;
            for (int change = random.nextInt(1, 4); change > 0; change--) {
                mutant = mutate(mutant, random);
            }
            check(mutant);
        }
    }

    private static void check(String mutant) {
        try (DroolsPolicy policy = DroolsPolicy.builder()
                .rules("mutant.drl", mutant)
                .fireLimit(100)
                .deadline(Duration.ofSeconds(10))
                .build()) {
            decide(policy);
        } catch (RulesException e) {
            int lines = (int) mutant.lines().count();
            assertThat(e.problems()).as(mutant).isNotEmpty().allSatisfy(problem -> {
                assertThat(problem.file()).isEqualTo("mutant.drl");
                assertThat(problem.line()).isBetween(0, lines + 1);
            });
        }
    }

    private static void decide(DroolsPolicy policy) {
        try {
            List<Decision> decisions = policy.decide(request("return", order("shipped")));
            assertThat(decisions).isNotNull();
        } catch (RulesException e) {
            assertThat(e.code()).isIn(RulesError.RULE_FAILED, RulesError.FIRE_LIMIT, RulesError.DEADLINE);
        }
    }

    private static String mutate(String text, SplittableRandom random) {
        if (text.isEmpty()) {
            return PIECES.get(random.nextInt(PIECES.size()));
        }
        int at = random.nextInt(text.length());
        int end = Math.min(text.length(), at + random.nextInt(1, 12));
        return switch (random.nextInt(5)) {
            case 0 -> text.substring(0, at) + text.substring(end);
            case 1 ->
                text.substring(0, at) + ' ' + PIECES.get(random.nextInt(PIECES.size())) + ' ' + text.substring(at);
            case 2 -> text.substring(0, end) + text.substring(at);
            case 3 -> text.substring(0, at) + (char) random.nextInt(1, 0x3000) + text.substring(at + 1);
            default -> {
                List<String> words = List.of(text.split("(?<=\\s)"));
                String word = words.get(random.nextInt(words.size()));
                yield text.substring(0, at) + word + text.substring(end);
            }
        };
    }
}
