package dev.quipu.llama.template;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Hostile templates fail with a typed error within seconds. */
class BoundsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Test
    void refusesATemplateThatIsTooLong() {
        String template = "x".repeat(Limits.STANDARD.sourceCharacters() + 1);

        assertThatExceptionOfType(TemplateException.class)
                .isThrownBy(() -> ChatTemplate.parse(template))
                .matches(e -> e.code() == TemplateError.TOO_LARGE);
    }

    @ParameterizedTest
    @CsvSource({
        "'{{ ', '(', '1', ')', ' }}'",
        "'{{ ', '[', '1', ']', ' }}'",
        "'{{ ', '{1:', '1', '}', ' }}'",
        "'{{ ', 'f(', '1', ')', ' }}'",
        "'{{ ', 'a[', '1', ']', ' }}'",
        "'{{ ', 'not ', '1', '', ' }}'",
        "'{{ ', '-', '1', '', ' }}'",
        "'{{ ', '1 if 1 else ', '1', '', ' }}'",
        "'{% for ', '(', 'x', ')', ' in y %}{% endfor %}'",
        "'', '{% if 1 %}', '', '{% endif %}', ''"
    })
    void refusesASourceThatNestsTooDeep(String start, String open, String middle, String close, String end) {
        String template = start + open.repeat(300) + middle + close.repeat(300) + end;

        assertFails(template, TemplateError.TOO_DEEP);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{% macro r(n) %}{% if true %}{% for i in [1] %}{{ [r(n)] }}{% endfor %}{% endif %}{% endmacro %}{{ r(1) }}",
                "{% macro r(n=r()) %}{{ n }}{% endmacro %}{{ r() }}",
                "{% macro r(n) %}{% call r(1) %}x{% endcall %}{% endmacro %}{{ r(1) }}",
                "{% for x in [1] recursive %}{{ loop([1]) }}{% endfor %}",
                "{% set ns = namespace(x=[]) %}{% for i in range(1000) %}{% set ns.x = [ns.x] %}{% endfor %}{{ ns.x }}",
                "{% set l = [] %}{% set _ = l.append(l) %}{{ l }}",
                "{% set l = [] %}{% set _ = l.append(l) %}{{ l|tojson }}",
                "{% set l = [] %}{% set m = [l] %}{% set _ = l.append(m) %}{{ l == m }}"
            })
    void stopsEndlessDepth(String template) {
        assertFails(template, TemplateError.TOO_DEEP);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{% for i in range(100000000) %}{% endfor %}",
                "{% for i in range(3000) %}{% for j in range(3000) %}{% for k in range(3000) %}x{% endfor %}{% endfor %}{% endfor %}",
                "{% set ns = namespace(x=[1]) %}{% for i in range(60) %}{% set ns.x = ns.x + ns.x %}{% endfor %}",
                "{% set ns = namespace(x=[1]) %}{% for i in range(60) %}{% set ns.x = [ns.x, ns.x] %}{% endfor %}{{ ns.x == ns.x }}",
                "{% set a = 'a' * 2000000 %}{% set b = 'a' * 1000000 ~ 'b' %}{% for i in range(1000000) %}{{ b in a }}{% endfor %}",
                "{% set a = 'a' * 2000000 %}{% set b = 'a' * 2000000 %}{% for i in range(1000000) %}{% if a == b %}{% endif %}{% endfor %}",
                "{% set a = range(1000000)|list %}{% for i in range(1000000) %}{% set _ = a.pop(0) %}{% endfor %}",
                "{% set a = 'x' * 3000000 %}{% for i in range(3000000) %}{% set b = 'b'.strip(a) %}{% endfor %}"
            })
    void stopsEndlessWork(String template) {
        assertFails(template, TemplateError.TOO_MANY_STEPS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{{ 'a' * 100000000 }}",
                "{{ 'a'|center(1000000000) }}",
                "{{ 'a'|indent(1000000000, true) }}",
                "{{ [1]|tojson(indent=1000000000) }}",
                "{{ 'a'.ljust(1000000000) }}",
                "{% set ns = namespace(x='ab') %}{% for i in range(60) %}{% set ns.x = ns.x ~ ns.x %}{% endfor %}",
                "{% set a = 'a' * 3900000 %}{{ a.replace('', 'bbbb') }}",
                "{% for i in range(1000000) %}{% set x = 'a' * 3900000 %}{% endfor %}",
                "{% set a = 'a' * 3900000 %}{{ a }}{{ a }}"
            })
    void stopsEndlessText(String template) {
        assertFails(template, TemplateError.TOO_MUCH_TEXT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{{ 10 ** 100000 }}",
                "{% set ns = namespace(x=3) %}{% for i in range(99) %}{% set ns.x = ns.x * ns.x %}{% endfor %}",
                "{{ ('9' * 390)|int }}"
            })
    void stopsNumbersThatOutgrowEveryUse(String template) {
        assertFails(template, TemplateError.WRONG_TYPE);
    }

    private static void assertFails(String template, TemplateError error) {
        assertTimeout(
                PATIENCE,
                () -> assertThatExceptionOfType(TemplateException.class)
                        .isThrownBy(() -> SampleTemplates.render(template, Map.of()))
                        .matches(e -> e.code() == error, error.name()));
    }
}
