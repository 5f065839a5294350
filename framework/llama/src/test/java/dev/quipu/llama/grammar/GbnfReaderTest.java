package dev.quipu.llama.grammar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GbnfReaderTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "root ::= \"a\" | [a-z0-9_-]+ | (item ws){2,3}\nitem ::= . # any\nws ::= [ \\t\\n]*",
                "root ::= (\n  \"退\" | \"\\u8d27\" |\n  \"\\\"\"\n)?\n",
                "root ::= [^\"\\\\\\x00-\\x1f]{0,8}",
                "root   ::=\n  \"\"",
                "root ::= x\nx ::= \"a\" x | \"b\""
            })
    void takesGrammars(String grammar) {
        assertThatNoException().isThrownBy(() -> GbnfReader.read(grammar));
    }

    @Test
    void takesTheGrammarsThatAreMadeHere() {
        assertThatNoException()
                .isThrownBy(() -> GbnfReader.read(Grammar.jsonObject().gbnf()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "root ::= []",
                "root ::= [^\\x00-\\U0010FFFF]",
                "root ::= [\\uD800-\\uDFFF]",
                "root ::= \"\\x00\"",
                "root ::= \"\\U00110000\"",
                "root ::= \"\\q\"",
                "root ::= [z-a]",
                "root ::= \"a\"{,2}",
                "root ::= \"a\"{1001}",
                "root ::= \"a\"{2",
                "root ::= a{2} b",
                "root ::= \"a\" )",
                "root = \"a\"",
                "::= \"a\"",
                "root ::= \"a\"\nroot ::= \"b\"",
                "root ::= x\nx ::= \"a\" x"
            })
    void refusesWhatIsNoGrammarOrHasADeadEnd(String grammar) {
        assertRefused(grammar);
    }

    @Test
    void refusesWhatGrowsBeyondReasonWrittenOut() {
        assertRefused("root ::= " + "(".repeat(20_000) + "\"a\"" + ")".repeat(20_000));
        assertRefused("root ::= \"a\"{500}{500}");
        assertRefused("root ::= ((\"ab\"{99}){99}){99}");
        assertRefused("root ::= \"a\"" + "?".repeat(60));
    }

    @Test
    void everyDamageEndsWithAVerdict() {
        Random random = new Random(1);
        StringBuilder grammar = new StringBuilder(Grammar.jsonObject().gbnf());
        for (int i = 0; i < 5_000; i++) {
            grammar.setCharAt(random.nextInt(grammar.length()), "\"[](){}|*+?\\^-az09\n ".charAt(random.nextInt(20)));
            try {
                GbnfReader.read(grammar.toString());
            } catch (GrammarException e) {
                assertThat(e.code()).isIn(GrammarError.SYNTAX, GrammarError.TOO_LARGE);
            }
        }
    }

    private static void assertRefused(String grammar) {
        assertThatExceptionOfType(GrammarException.class)
                .as(grammar.substring(0, Math.min(80, grammar.length())))
                .isThrownBy(() -> GbnfReader.read(grammar))
                .matches(e -> e.code() == GrammarError.SYNTAX || e.code() == GrammarError.TOO_LARGE);
    }
}
