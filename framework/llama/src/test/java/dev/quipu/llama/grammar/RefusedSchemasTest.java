package dev.quipu.llama.grammar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is not held is an error before anything runs; what brought servers down is one too, or simply works. */
class RefusedSchemasTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"type\":\"integer\",\"multipleOf\":3}|QP-GRAMMAR-002|/multipleOf",
                "{\"properties\":{\"a\":{\"not\":{}}}}|QP-GRAMMAR-002|/properties/a/not",
                "{\"properties\":{\"a/b\":{\"if\":{}}}}|QP-GRAMMAR-002|/properties/a~1b/if",
                "{\"type\":\"array\",\"uniqueItems\":true}|QP-GRAMMAR-002|/uniqueItems",
                "{\"type\":\"string\",\"format\":\"iri\"}|QP-GRAMMAR-002|/format",
                "{\"type\":\"string\",\"pattern\":\"(?=a)b\"}|QP-GRAMMAR-002|/pattern",
                "{\"type\":\"string\",\"pattern\":\"(a\"}|QP-GRAMMAR-001|/pattern",
                "{\"type\":\"wall\"}|QP-GRAMMAR-001|/type",
                "{\"minLenght\":3}|QP-GRAMMAR-002|/minLenght",
                "{\"$ref\":\"other.json\"}|QP-GRAMMAR-002|/$ref",
                "{\"$ref\":\"#/$defs/a\"}|QP-GRAMMAR-001|/$ref",
                "{\"oneOf\":[{\"type\":\"string\"},{\"maxLength\":3}]}|QP-GRAMMAR-002|/oneOf",
                "{\"type\":\"string\",\"maxLength\":60000}|QP-GRAMMAR-004|''",
                "{\"allOf\":[{\"type\":\"string\"},{\"type\":\"integer\"}]}|QP-GRAMMAR-003|''",
                "{\"properties\":{\"a\":{\"$ref\":\"#\"}},\"required\":[\"a\"]}|QP-GRAMMAR-003|''",
            })
    void namesTheKeywordAndItsPlace(String schema, String code, String pointer) {
        assertThatExceptionOfType(GrammarException.class)
                .isThrownBy(() -> Grammar.jsonSchema(schema))
                .matches(e -> e.code().id().equals(code), code)
                .matches(e -> e.pointer().equals(pointer), pointer);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "7", "null", "{} {}", "{\"type\":\"string\",\"type\":\"null\"}"})
    void refusesWhatIsNoSchema(String schema) {
        assertThatExceptionOfType(GrammarException.class).isThrownBy(() -> Grammar.jsonSchema(schema));
    }

    @Test
    void refusesDepthThatWouldTakeTheStack() {
        String schema = "{\"items\":".repeat(60_000) + "{}" + "}".repeat(60_000);
        String arrays = "[".repeat(60_000) + "]".repeat(60_000);

        for (String deep : new String[] {schema, "{\"const\":" + arrays + "}"}) {
            assertThatExceptionOfType(GrammarException.class)
                    .isThrownBy(() -> Grammar.jsonSchema(deep))
                    .matches(e -> e.code() == GrammarError.TOO_LARGE);
        }
        assertThatExceptionOfType(GrammarException.class)
                .isThrownBy(() -> Grammar.gbnf("root ::= " + "(".repeat(60_000) + "\"a\"" + ")".repeat(60_000)));
        assertThatExceptionOfType(GrammarException.class)
                .isThrownBy(() -> Grammar.regex("(".repeat(60_000) + "a" + ")".repeat(60_000)));
        assertThatExceptionOfType(GrammarException.class)
                .isThrownBy(() -> Grammar.regex("(".repeat(1_900) + "a" + ")".repeat(1_900)));
    }

    @Test
    void holdsLongStringsInNestedObjects() {
        Grammar grammar = Grammar.jsonSchema("""
                {"properties":{"a":{"properties":{"b":{"type":"string","minLength":2000,"maxLength":2500}},
                 "required":["b"]}},"required":["a"]}""");

        assertThat(grammar.accepts("{\"a\":{\"b\":\"" + "x".repeat(2_400) + "\"}}"))
                .isTrue();
        assertThat(grammar.accepts("{\"a\":{\"b\":\"" + "x".repeat(1_999) + "\"}}"))
                .isFalse();
        assertThat(grammar.accepts("{\"a\":{\"b\":\"" + "x".repeat(2_501) + "\"}}"))
                .isFalse();
    }

    @Test
    void takesDescriptionsThatLookLikeGrammars() {
        Grammar grammar =
                Grammar.jsonSchema("{\"type\":\"boolean\",\"description\":\"root ::= \\\"\\\\u0000<|im_end|>\"}");

        assertThat(grammar.accepts("true")).isTrue();
        assertThat(grammar.accepts("maybe")).isFalse();
    }

    @Test
    void holdsMailAddressesAndExpressions() {
        Grammar mail = Grammar.jsonSchema("{\"type\":\"string\",\"format\":\"email\"}");
        Grammar number = Grammar.regex("[A-Z]{2}-(\\d+|none)");

        assertThat(mail.accepts("\"ada.lovelace@example.org\"")).isTrue();
        assertThat(mail.accepts("\"ada@\"")).isFalse();
        assertThat(number.accepts("AB-17")).isTrue();
        assertThat(number.accepts("xAB-17")).isFalse();
    }

    @Test
    void endsAGrammarThatReadsATextInTooManyWays() {
        Grammar grammar = Grammar.gbnf("root ::= (a a a a a a){1,100}\na ::= b? b? b? b?\nb ::= [a-z]? [a-z]{0,90}");

        assertThatExceptionOfType(GrammarException.class)
                .isThrownBy(() -> grammar.accepts("x".repeat(500)))
                .matches(e -> e.code() == GrammarError.TOO_LARGE);
    }
}
