package dev.quipu.llama.template;

import java.util.List;
import java.util.random.RandomGenerator;

/** Damages templates at random: removes, doubles and swaps pieces, and inserts fragments of the language. */
final class TemplateMutator {
    private static final List<String> FRAGMENTS = List.of(
            "{{",
            "}}",
            "{%",
            "%}",
            "{#",
            "#}",
            "-",
            "+",
            "~",
            "*",
            "**",
            "//",
            "|",
            "(",
            ")",
            "[",
            "]",
            "{",
            "}",
            "'",
            "\"",
            "\\",
            ":",
            ",",
            ".",
            "=",
            "==",
            "\n",
            "\u0000",
            "\ud83d",
            "0",
            "-1",
            "9999999999",
            "1e308",
            "none",
            "true",
            "loop",
            "messages",
            "message",
            "not ",
            " and ",
            " or ",
            " in ",
            " is defined",
            " if 1 else ",
            "[::-1]",
            "|tojson",
            "|length",
            "|join(',')",
            "|map('upper')",
            "|list",
            "|int",
            "|replace('a', 'aa')",
            " * 1000",
            "range(100000)",
            "{% endfor %}",
            "{% if true %}",
            "{% endif %}",
            "{% set x %}",
            "{% endset %}",
            "{% endmacro %}",
            "{% raw %}",
            "{% endraw %}",
            "{% break %}");

    /** Whole statements, which leave a template well-formed where they stand between its tags. */
    private static final List<String> STATEMENTS = List.of(
            "{% for x in messages recursive %}{{ loop(messages) }}{% endfor %}",
            "{% for i in range(9999) %}{% for j in messages %}{{ i ~ j }}{% endfor %}{% endfor %}",
            "{% set messages = [messages, messages] %}",
            "{% set messages = messages * 99 %}",
            "{% set messages = messages[::-1] %}",
            "{% set messages = messages|string %}",
            "{% set message = messages %}",
            "{% macro m(a, b=m(1)) %}{{ a }}{{ b }}{% endmacro %}{{ m(m) }}",
            "{% macro m(a) %}{% call m(1) %}{{ a }}{% endcall %}{% endmacro %}{{ m(2) }}",
            "{% set _ = messages.append(messages) %}",
            "{% set _ = messages[0].update(role=messages) %}",
            "{% set _ = messages.pop() %}",
            "{{ '%s' % messages }}{{ '{:>9}'.format(messages) }}",
            "{{ messages|sort(attribute='role')|map('tojson')|join }}",
            "{{ messages == messages|reverse|list }}{{ messages|unique }}",
            "{% filter replace('', messages|string) %}{{ messages }}{% endfilter %}");

    private final RandomGenerator random;

    TemplateMutator(RandomGenerator random) {
        this.random = random;
    }

    String mutate(String template) {
        StringBuilder text = new StringBuilder(template);
        int changes = 1 + random.nextInt(4);
        for (int i = 0; i < changes; i++) {
            change(text);
        }
        return text.toString();
    }

    private void change(StringBuilder text) {
        int from = random.nextInt(text.length() + 1);
        int to = Math.min(text.length(), from + random.nextInt(1 + random.nextInt(40)));
        switch (random.nextInt(6)) {
            case 0 -> text.delete(from, to);
            case 1 -> text.insert(random.nextInt(text.length() + 1), text.substring(from, to));
            case 2 -> text.replace(from, to, oneOf(FRAGMENTS));
            case 3 -> text.insert(from, oneOf(FRAGMENTS));
            default -> {
                int end = text.indexOf("}", from);
                boolean afterTag = end > 0 && "%}".indexOf(text.charAt(end - 1)) >= 0;
                text.insert(afterTag ? end + 1 : from, oneOf(STATEMENTS));
            }
        }
    }

    private String oneOf(List<String> pieces) {
        return pieces.get(random.nextInt(pieces.size()));
    }
}
