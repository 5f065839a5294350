package dev.quipu.llama.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class StatementTest {
    @Test
    void givesALoopItsPlaceAndNeighbours() {
        String template = "{% for x in 'abc' %}{{ loop.index0 }}{{ loop.index }}{{ loop.revindex }}{{ loop.first }}"
                + "{{ loop.last }}{{ loop.length }}{{ loop.previtem }}{{ loop.nextitem }};{% endfor %}";

        assertThat(render(template)).isEqualTo("013TrueFalse3b;122FalseFalse3ac;231FalseTrue3b;");
    }

    @Test
    void countsOnlyTheItemsThatALoopSelects() {
        String template = "{% for i in range(5) if i is odd %}{{ i }}/{{ loop.length }} {% endfor %}";

        assertThat(render(template)).isEqualTo("1/2 3/2 ");
    }

    @Test
    void takesTheElseOfALoopWithoutItems() {
        assertThat(render("{% for i in missing %}x{% else %}none{% endfor %}")).isEqualTo("none");
    }

    @Test
    void unpacksPairs() {
        String template = "{% for k, (a, b) in {'x': [1, 2]}.items() %}{{ k }}{{ a }}{{ b }}{% endfor %}";

        assertThat(render(template)).isEqualTo("x12");
    }

    @Test
    void leavesAndSkipsRounds() {
        String template = "{% for i in range(9) %}{% if i == 1 %}{% continue %}{% elif i == 4 %}{% break %}"
                + "{% endif %}{{ i }}{% endfor %}";

        assertThat(render(template)).isEqualTo("023");
    }

    @Test
    void runsALoopOverItsOwnItems() {
        String template = "{% for x in [1, [2, [3]]] recursive %}"
                + "{{ x ~ '@' ~ loop.depth if x is number else '(' ~ loop(x) ~ ')' }}{% endfor %}";

        assertThat(render(template)).isEqualTo("1@1(2@2(3@3))");
    }

    @Test
    void remembersWhatChangedAndCycles() {
        String template = "{% for x in [1, 1, 2] %}{{ loop.changed(x) }}{{ loop.cycle('a', 'b') }}{% endfor %}";

        assertThat(render(template)).isEqualTo("TrueaFalsebTruea");
    }

    @Test
    void keepsAssignmentsInsideARoundButNotInsideAnIf() {
        String template = "{% set x = 1 %}{% for i in range(2) %}{% set x = x + 1 %}{{ x }}{% endfor %}"
                + "{% if true %}{% set y = 5 %}{% endif %}{{ x }}{{ y }}";

        assertThat(render(template)).isEqualTo("2215");
    }

    @Test
    void carriesANamespaceOutOfALoop() {
        String template = "{% set ns = namespace(n=0) %}{% for i in range(4) %}{% set ns.n = ns.n + i %}{% endfor %}"
                + "{{ ns.n }}{{ ns.other is defined }}";

        assertThat(render(template)).isEqualTo("6False");
    }

    @Test
    void assignsTextAndSeveralVariablesAtOnce() {
        String template = "{% set a, b = 1, 2 %}{% set t | upper | trim %} x{{ a }} {% endset %}[{{ t }}{{ b }}]";

        assertThat(render(template)).isEqualTo("[X12]");
    }

    @Test
    void callsMacrosWithDefaultsAndNames() {
        String template = "{% macro m(a, b='d', c=a) %}{{ a }}/{{ b }}/{{ c }};{% endmacro %}"
                + "{{ m(1) }}{{ m(1, 2) }}{{ m(b=5, a=4) }}{{ m() }}";

        assertThat(render(template)).isEqualTo("1/d/1;1/2/1;4/5/4;/d/;");
    }

    @Test
    void letsAMacroSeeItsDefinitionAndNotItsCaller() {
        String template = "{% macro m() %}{{ outer }}{{ inner }}{% endmacro %}{% set outer = 'o' %}"
                + "{% for i in [1] %}{% set inner = 'i' %}{{ m() }}{% endfor %}";

        assertThat(render(template)).isEqualTo("o");
    }

    @Test
    void handsABlockToAMacroAsItsCaller() {
        String template = "{% macro each(xs) %}{% for x in xs %}{{ caller(x) }}{% endfor %}{% endmacro %}"
                + "{% call(y) each([1, 2]) %}[{{ y }}]{% endcall %}";

        assertThat(render(template)).isEqualTo("[1][2]");
    }

    @Test
    void filtersBlocksAndLimitsScopes() {
        String template = "{% filter upper | replace('A', 'e') %}banana{% endfilter %}"
                + "{% with a = 1, b = 2 %}{{ a + b }}{% endwith %}{{ a is defined }}"
                + "{% generation %}{% set g = 1 %}{{ g }}{% endgeneration %}{{ g is defined }}";

        assertThat(render(template)).isEqualTo("BeNeNe3False1False");
    }

    @Test
    void changesListsAndDictionariesInPlace() {
        String template = "{% set l = [1, 2] %}{% set _ = l.append(3) %}{{ l.pop(0) }}{{ l }}"
                + "{% set d = {'a': 1} %}{% set _ = d.update({'b': 2}) %}{{ d.pop('a') }}{{ d }}";

        assertThat(render(template)).isEqualTo("1[2, 3]1{'b': 2}");
    }

    @Test
    void printsTheDayOfTheClock() {
        String template = "{{ strftime_now('%Y-%m-%d %H:%M:%S %b %B %a %A %j %p %I %-d %y %%') }}";

        assertThat(render(template)).isEqualTo("2026-03-09 12:30:05 Mar March Mon Monday 068 PM 12 9 26 %");
    }

    private static String render(String template) {
        return SampleTemplates.render(template, Map.of());
    }
}
