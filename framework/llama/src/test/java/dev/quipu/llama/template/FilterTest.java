package dev.quipu.llama.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Filters and methods give what Python's Jinja gives. */
class FilterTest {
    @ParameterizedTest
    @CsvSource(delimiterString = " => ", quoteCharacter = '`', textBlock = """
            {{ ' a '|trim }}{{ 'xxaxx'|trim('x') }}{{ none|trim }} => aaNone
            {{ 'heLLO wORLD-it'|title }} {{ 'heLLO'|capitalize }} {{ [1]|upper }} => Hello World-It Hello [1]
            {{ 'aaa'|replace('a', 'b', 2) }} {{ 15|replace(1, 2) }} => bba 25
            {{ 'a\\nb\\n\\nc'|indent(2) }} => a\\n  b\\n\\n  c
            {{ 'a\\nb'|indent('>', first=true) }} => >a\\n>b
            {{ 'foo bar baz qux'|truncate(9, leeway=0) }} => foo...
            {{ '<a>&"'|escape }} {{ '<b>'|safe }} {{ 'a b'|wordcount }} => &lt;a&gt;&amp;&#34; <b> 2
            {{ '%s-%05.1f-%x' % ('a', 3.14159, 255) }} {{ '%s'|format('z') }} => a-003.1-ff z
            {{ missing|default('d') }} {{ ''|default('d', true) }} {{ none|default('d') }} => d d None
            """)
    void shapesText(String template, String expected) {
        assertThat(render(template)).isEqualTo(expected.replace("\\n", "\n"));
    }

    @ParameterizedTest
    @CsvSource(delimiterString = " => ", quoteCharacter = '`', textBlock = """
            {{ '42'|int }} {{ 'x'|int(7) }} {{ '3.7'|int }} {{ 'ff'|int(0, 16) }} {{ '0x1F'|int(base=16) }} => 42 7 3 255 31
            {{ '1e3'|float }} {{ 'x'|float }} {{ 2.5|round }} {{ 2.567|round(2) }} => 1000.0 0.0 2.0 2.57
            {{ 2.1|round(0, 'ceil') }} {{ 5|round }} {{ -3.5|abs }} {{ true|int }} => 3.0 5 3.5 1
            """)
    void makesNumbers(String template, String expected) {
        assertThat(render(template)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = " => ", quoteCharacter = '`', textBlock = """
            {{ [3, 1, 2]|sort }} {{ ['b', 'A']|sort }} {{ [{'n': 2}, {'n': 1}]|sort(attribute='n', reverse=true) }} => [1, 2, 3] ['A', 'b'] [{'n': 2}, {'n': 1}]
            {{ {'b': 1, 'a': 2}|dictsort }} {{ {'b': 1, 'a': 2}|dictsort(by='value') }} => [('a', 2), ('b', 1)] [('b', 1), ('a', 2)]
            {{ ['a', 'A', 'b']|unique|list }} {{ [1, 2]|reverse|list }} {{ 'ab'|reverse }} => ['a', 'b'] [2, 1] ba
            {{ [1, 2]|sum }} {{ [3, 1]|min }} {{ [3, 1]|max }} {{ []|first is defined }} {{ 'abc'|last }} => 3 1 3 False c
            {{ [1, 2]|join('-') }} {{ [{'n': 'a'}]|join(attribute='n') }} {{ {'a': 1}|items|list }} => 1-2 a [('a', 1)]
            {{ [1, 2, 3]|batch(2, 'x')|list }} {{ [1, 2, 3]|slice(2)|list }} => [[1, 2], [3, 'x']] [[1, 2], [3]]
            {{ missing|length }} {{ missing|list }} {{ 'ab'|list }} {{ {'a': 1}|count }} => 0 [] ['a', 'b'] 1
            """)
    void ordersAndCounts(String template, String expected) {
        assertThat(render(template)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = " => ", quoteCharacter = '`', textBlock = """
            {{ [{'a': {'b': 1}}, {'a': {}}]|map(attribute='a.b', default=0)|list }} => [1, 0]
            {{ ['a', 'b']|map('upper')|list }} {{ none|map('upper')|list }} => ['A', 'B'] []
            {{ [0, 1, none, 2]|select|list }} {{ [1, 2, 3]|reject('odd')|list }} => [1, 2] [2]
            {{ [{'r': 'u'}, {'r': 's'}]|selectattr('r', 'equalto', 'u')|list }} => [{'r': 'u'}]
            {{ [{'r': 'u'}, {}]|rejectattr('r', 'defined')|list }} => [{}]
            """)
    void selectsAndMaps(String template, String expected) {
        assertThat(render(template)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = " => ", quoteCharacter = '`', textBlock = """
            {{ {'a': 'ü"\\n', 'b': [1, 2.0, true, none], 'c': {}}|tojson }} => {"a": "ü\\"\\n", "b": [1, 2.0, true, null], "c": {}}
            {{ '<a>&\\x01'|tojson }} {{ 'ü🙂'|tojson(ensure_ascii=true) }} => "<a>&\\u0001" "\\u00fc\\ud83d\\ude42"
            {{ {'b': 1, 'a': [2, 3]}|tojson(separators=(',', ':'), sort_keys=true) }} => {"a":[2,3],"b":1}
            {{ ('[1, {"a": null}]'|from_json)[1] }} => {'a': None}
            """)
    void writesJsonAsPythonDoes(String template, String expected) {
        assertThat(render(template)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = " => ", quoteCharacter = '`', textBlock = """
            {{ 'a,b,,c'.split(',') }} {{ ' a  b '.split() }} {{ 'a-b-c'.rsplit('-', 1) }} => ['a', 'b', '', 'c'] ['a', 'b'] ['a-b', 'c']
            {{ ' a b  c '.split(none, 1) }} {{ 'a\\nb'.splitlines() }} {{ 'a=b'.partition('=') }} => ['a', 'b  c '] ['a', 'b'] ('a', '=', 'b')
            {{ 'xxyxx'.strip('x') }}{{ 'xxy'.lstrip('x') }}{{ 'yxx'.rstrip('x') }} => yyy
            {{ 'abc'.startswith('ab') }} {{ 'abc'.endswith(('x', 'c')) }} {{ 'abc'.removeprefix('a') }} => True True bc
            {{ 'abcabc'.find('c') }} {{ 'abcabc'.rfind('c') }} {{ 'aaa'.count('a') }} {{ '-'.join(['a', 'b']) }} => 2 5 3 a-b
            {{ '{} {1} {k:>3} {:.2f} {{}}'.replace('{1}', '{}').format('a', 'b', 1.005, k=7) }} => a b   7 1.00 {}
            {{ 'it\\'s'.title() }} {{ 'ab'.center(5) }}| {{ '-4'.zfill(4) }} {{ '12'.isdigit() }} => It'S   ab | -004 True
            {{ {'a': 1}.get('b', 2) }} {{ {'a': 1}.get('b') }} {{ {'a': 1}.keys()|list }} => 2 None ['a']
            """)
    void callsMethods(String template, String expected) {
        assertThat(render(template)).isEqualTo(expected);
    }

    private static String render(String template) {
        return SampleTemplates.render(template, Map.of());
    }
}
