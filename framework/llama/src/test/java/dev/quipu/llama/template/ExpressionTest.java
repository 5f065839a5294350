package dev.quipu.llama.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Expressions give what Python's Jinja gives. */
class ExpressionTest {
    private static final Map<String, Object> VARIABLES = Map.of(
            "order", Map.of("id", "A-1", "lines", List.of(Map.of("n", 2), Map.of("n", 1))), "word", "Lampe", "n", 3);

    @ParameterizedTest
    @CsvSource(delimiterString = " => ", quoteCharacter = '`', textBlock = """
            {{ 1 + 2 * 3 - 4 / 2 }} => 5.0
            {{ 7 // 2 }} {{ -7 // 2 }} {{ -7 % 3 }} {{ 7.5 % 2 }} => 3 -4 2 1.5
            {{ 2 ** 10 }} {{ 2 ** -1 }} {{ -2 ** 2 }} => 1024 0.5 4
            {{ 2 ** 70 }} {{ 10000000000000000000000 + 1 }} => 1180591620717411303424 10000000000000000000001
            {{ 0.1 + 0.2 }} {{ 1e16 }} {{ 1e-5 }} {{ 1.0 }} {{ 1_000 }} => 0.30000000000000004 1e+16 1e-05 1.0 1000
            {{ 'a' ~ 1 ~ none ~ true ~ missing }} => a1NoneTrue
            {{ 'ab' * 2 ~ 2 * 'x' }} {{ [1] * 2 + [2] }} {{ 'a' 'b' }} => ababxx [1, 1, 2] ab
            {{ 'total ' + none + missing }}| => total |
            """)
    void calculates(String template, String expected) {
        assertThat(SampleTemplates.render(template, VARIABLES)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = " => ", quoteCharacter = '`', textBlock = """
            {{ 1 < 2 < 3 }} {{ 1 < 3 < 2 }} => True False
            {{ 1 == 1.0 }} {{ true == 1 }} {{ '1' == 1 }} {{ [1] == (1,) }} => True True False False
            {{ 'a' in 'abc' }} {{ 1 in [1.0] }} {{ 'id' in order }} {{ 'x' not in missing }} => True True True True
            {{ not 'a' in 'b' }} {{ not 0 and 1 }} {{ 0 or 'x' }} {{ 'a' and 'b' }} => True 1 x b
            {{ 'b' if n > 3 else 'c' if n > 2 else 'd' }} {{ 'only' if false }}| => c |
            {{ [1, 2] < [1, 3] }} {{ 'a' < 'b' }} {{ 'Z' < 'a' }} => True True True
            {{ 9007199254740993 == 9007199254740992.0 }} => False
            """)
    void comparesAndChooses(String template, String expected) {
        assertThat(SampleTemplates.render(template, VARIABLES)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = " => ", quoteCharacter = '`', textBlock = """
            {{ order.id }} {{ order['id'] }} {{ order.lines[0].n }} {{ order.lines.1.n }} => A-1 A-1 2 1
            {{ word[0] }} {{ word[-1] }} {{ word[9] is defined }} {{ order.x is defined }} => L e False False
            {{ word[1:3] }} {{ word[::-1] }} {{ word[-2:] }} {{ word[n - 1:] }} => am epmaL pe mpe
            {{ [1, 2, 3, 4][::2] }} {{ [1, 2, 3][2:0:-1] }} {{ (1, 2)[:1] }} => [1, 3] [3, 2] (1,)
            {{ 'hé🙂x'[2] }} {{ 'hé🙂x' | length }} {{ '🙂b'[::-1] }} => 🙂 4 b🙂
            {{ none.x is defined }} {{ 5['x'] is defined }} {{ 'a'.b is defined }} => False False False
            {{ {'items': 5}['items'] }} {{ {'a': 1}.items() | list }} => 5 [('a', 1)]
            """)
    void readsAttributesItemsAndSlices(String template, String expected) {
        assertThat(SampleTemplates.render(template, VARIABLES)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = " => ", quoteCharacter = '`', textBlock = """
            {{ [1, 'a', "it's", 2.0, true, none] }} => [1, 'a', "it's", 2.0, True, None]
            {{ {'a': [1], 2: 'b'} }} {{ (1,) }} {{ () }} => {'a': [1], 2: 'b'} (1,) ()
            {{ ['q"\\'\\n\\t\\\\\\x07'] }} => ['q"\\'\\n\\t\\\\\\x07']
            {{ 1, 2 }} {{ missing }}| {{ true }} {{ None }} => (1, 2) | True None
            {{ "\\u00e9\\x41\\101" }}{{ '\\q' }} => éAA\\q
            {{ '{{ x }}' }} {{ '%}' }} {{ {'a': {'b': 1}} }} => {{ x }} %} {'a': {'b': 1}}
            """)
    void printsAsPythonDoes(String template, String expected) {
        assertThat(SampleTemplates.render(template, VARIABLES)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = " => ", quoteCharacter = '`', textBlock = """
            {{ missing is defined }} {{ missing is undefined }} {{ missing is none }} => False True False
            {{ none is none }} {{ 1 is not none }} {{ not 1 is none }} => True True True
            {{ 'a' is string }} {{ true is number }} {{ true is integer }} {{ 1.0 is float }} => True True False True
            {{ {} is mapping }} {{ 'a' is iterable }} {{ 1 is sequence }} {{ true is boolean }} => True True False True
            {{ 1 is true }} {{ false is false }} {{ 3 is odd }} {{ 4 is even }} {{ 4 is divisibleby 2 }} => False True True True True
            {{ 1 is eq 1 }} {{ 1 is equalto(2) }} {{ 1 is lt 2 }} {{ 2 is ge 3 }} {{ 1 is in [1] }} => True False True False True
            {{ 'a' is lower }} {{ 'a1' is upper }} {{ range is callable }} => True False True
            """)
    void answersTests(String template, String expected) {
        assertThat(SampleTemplates.render(template, VARIABLES)).isEqualTo(expected);
    }
}
