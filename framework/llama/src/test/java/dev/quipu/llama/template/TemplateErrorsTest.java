package dev.quipu.llama.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TemplateErrorsTest {
    @Test
    void namesLineColumnAndTag() {
        TemplateException failure = catchThrowableOfType(
                TemplateException.class, () -> render("first\nsecond {{ messages|wonder }} third"));

        assertThat(failure)
                .hasMessage("QP-TEMPLATE-008 There is no filter 'wonder' here (line 2, column 19, in"
                        + " `{{ messages|wonder }}`). Choose another template.");
        assertThat(failure.line()).isEqualTo(2);
        assertThat(failure.column()).isEqualTo(19);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{{",
                "{%",
                "{{ 1 }",
                "{{ 1 + }}",
                "{{ a b }}",
                "{{ 'abc }}",
                "{# abc",
                "{% raw %}",
                "{{ [1, 2 }}",
                "{% if 1 %}",
                "{% if %}{% endif %}",
                "{% for %}",
                "{% for x in y %}",
                "{% macro m(a, a) %}{% endmacro %}",
                "{% break %}",
                "{{ f(a=1, 2) }}",
                "{{ ! }}",
                "{{ '\\x4' }}",
                "{{ '\\U00110000' }}",
                "{% set 1 = 2 %}",
                "{% for i in x %}{% macro m() %}{% break %}{% endmacro %}{% endfor %}",
                "{{ }}",
                "{% endif %}",
                "{{ f(a=1, a=2) }}",
                "{{ (1] }}"
            })
    void refusesWhatIsNotJinja(String template) {
        assertThatExceptionOfType(TemplateException.class)
                .isThrownBy(() -> ChatTemplate.parse(template))
                .matches(e -> e.code() == TemplateError.SYNTAX);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{% include 'a' %}", "{% import 'a' as b %}", "{% do x %}", "{{ f(*a) }}"})
    void refusesWhatChatTemplatesDoNotNeed(String template) {
        assertThatExceptionOfType(TemplateException.class)
                .isThrownBy(() -> ChatTemplate.parse(template))
                .matches(e -> e.code() == TemplateError.UNSUPPORTED);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = " => ", quoteCharacter = '`', textBlock = """
            {{ missing.x }} => UNDEFINED
            {{ missing + 1 }} => UNDEFINED
            {{ missing() }} => UNDEFINED
            {{ missing|tojson }} => UNDEFINED
            {{ 1 + 'a' }} => WRONG_TYPE
            {{ 1 < 'a' }} => WRONG_TYPE
            {{ 1 / 0 }} => WRONG_TYPE
            {{ none|length }} => WRONG_TYPE
            {{ {[]: 1} }} => WRONG_TYPE
            {% for a, b in [(1, 2, 3)] %}{% endfor %} => WRONG_TYPE
            {% set x.y = 1 %} => WRONG_TYPE
            {% macro m(a) %}{% endmacro %}{{ m(1, 2) }} => WRONG_TYPE
            {% macro m(a) %}{% endmacro %}{{ m(b=2) }} => WRONG_TYPE
            {{ 'a'|replace('b') }} => WRONG_TYPE
            {{ 'abc'.split('') }} => WRONG_TYPE
            {{ [].pop() }} => WRONG_TYPE
            {{ 1 is wonderful }} => UNSUPPORTED
            {{ [1]|map('wonder')|list }} => UNSUPPORTED
            {{ '%q' % 1 }} => UNSUPPORTED
            {{ strftime_now('%Q') }} => UNSUPPORTED
            {{ raise_exception('no ' ~ 1) }} => REFUSED
            """)
    void failsWhilePythonWouldFail(String template, TemplateError expected) {
        assertThatExceptionOfType(TemplateException.class)
                .isThrownBy(() -> render(template))
                .matches(e -> e.code() == expected, expected.name());
    }

    @Test
    void passesOnWhatTheTemplateSays() {
        assertThatExceptionOfType(TemplateException.class)
                .isThrownBy(() -> render("{{ raise_exception('Only one tool is allowed') }}"))
                .withMessageContaining("The template says: Only one tool is allowed");
    }

    @Test
    void hidesTheInsidesOfTheMachine() {
        String template =
                "{{ ''.__class__ is defined }}{{ messages.getClass is defined }}{{ range.__globals__ is defined }}"
                        + "{{ ''.__class__.__mro__ is defined if ''.__class__ is defined }}";

        assertThat(render(template)).isEqualTo("FalseFalseFalse");
    }

    @Test
    void givesEveryKindOfFailureItsOwnId() {
        assertThat(Arrays.stream(TemplateError.values()).map(TemplateError::id))
                .doesNotHaveDuplicates()
                .allMatch(id -> id.matches("QP-TEMPLATE-\\d{3}"));
    }

    private static String render(String template) {
        return SampleTemplates.render(template, Map.of("messages", List.of()));
    }
}
