package dev.quipu.llama.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** White space around tags, as with trim_blocks and lstrip_blocks. */
class WhiteSpaceTest {
    @Test
    void dropsTheLineOfABlockThatStandsAlone() {
        assertThat(render("a\n  {% if true %}\n  b\n  {% endif %}\nc")).isEqualTo("a\n  b\nc");
    }

    @Test
    void keepsBlanksBeforeABlockInsideALine() {
        assertThat(render("x {% if true %} y {% endif %} z")).isEqualTo("x  y  z");
    }

    @Test
    void keepsWhatSurroundsAnExpression() {
        assertThat(render("a\n  {{ 1 }}\n b")).isEqualTo("a\n  1\n b");
    }

    @Test
    void stripsBothSidesOfAMinus() {
        assertThat(render("a \n {{- 1 -}} \n b {%- if true -%} c {%- endif -%} d"))
                .isEqualTo("a1bcd");
    }

    @Test
    void keepsBothSidesOfAPlus() {
        assertThat(render("a\n  {%+ if true +%}\nb{% endif %}")).isEqualTo("a\n  \nb");
    }

    @Test
    void treatsACommentLikeABlock() {
        assertThat(render("  {# x #}\n  a {#- y -#} b")).isEqualTo("  ab");
    }

    @Test
    void dropsOneLineEndAtTheEnd() {
        assertThat(render("a\n\n")).isEqualTo("a\n");
    }

    @Test
    void readsForeignLineEnds() {
        assertThat(render("a\r\nb\r{% if true %}\r\nc{% endif %}")).isEqualTo("a\nb\nc");
    }

    @Test
    void leavesARawBlockAlone() {
        assertThat(render("{% raw %}\n{{ x }} {% y %}{% endraw %}\nz")).isEqualTo("\n{{ x }} {% y %}z");
    }

    @Test
    void stripsAroundARawBlockWithMinus() {
        assertThat(render("a {%- raw -%}  {{ x }}  {%- endraw -%}  b")).isEqualTo("a{{ x }}b");
    }

    @Test
    void findsTheEndOfATagBehindStringsAndBraces() {
        assertThat(render("{{ '}}' }}{{ {'a': {'b': '%}'}}.a.b }}{% set x = '%}' %}{{ x }}"))
                .isEqualTo("}}%}%}");
    }

    private static String render(String template) {
        return SampleTemplates.render(template, Map.of());
    }
}
