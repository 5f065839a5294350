package dev.quipu.llama.grammar;

import java.util.Map;
import java.util.stream.Collectors;

/** Writes llama.cpp's grammar notation. */
final class GbnfWriter {
    private GbnfWriter() {}

    static String write(Map<String, Part> rules) {
        StringBuilder text = new StringBuilder();
        rules.forEach((name, body) ->
                text.append(name).append(" ::= ").append(choice(body)).append('\n'));
        return text.toString();
    }

    private static String choice(Part part) {
        return part instanceof Part.Choice choice
                ? choice.options().stream().map(GbnfWriter::sequence).collect(Collectors.joining(" | "))
                : sequence(part);
    }

    private static String sequence(Part part) {
        return part instanceof Part.Sequence some && !some.items().isEmpty()
                ? some.items().stream().map(GbnfWriter::item).collect(Collectors.joining(" "))
                : item(part);
    }

    private static String item(Part part) {
        return switch (part) {
            case Part.Text literal -> literal(literal.text());
            case Part.Chars chars -> characters(chars.set());
            case Part.Rule rule -> rule.name();
            case Part.Sequence sequence -> sequence.items().isEmpty() ? "\"\"" : "(" + sequence(part) + ")";
            case Part.Choice choice -> "(" + choice(choice) + ")";
            case Part.Repeat repeat -> atom(repeat.item()) + times(repeat);
        };
    }

    /** What a repetition can follow. */
    private static String atom(Part part) {
        boolean single = part instanceof Part.Chars || part instanceof Part.Rule;
        return single || part instanceof Part.Choice ? item(part) : "(" + sequence(part) + ")";
    }

    private static String times(Part.Repeat repeat) {
        if (repeat.endless()) {
            return repeat.least() == 0 ? "*" : repeat.least() == 1 ? "+" : "{" + repeat.least() + ",}";
        }
        if (repeat.least() == 0 && repeat.most() == 1) {
            return "?";
        }
        return repeat.least() == repeat.most()
                ? "{" + repeat.least() + "}"
                : "{" + repeat.least() + "," + repeat.most() + "}";
    }

    private static String literal(String text) {
        StringBuilder out = new StringBuilder("\"");
        text.codePoints().forEach(c -> out.append(c == '"' ? "\\\"" : escaped(c)));
        return out.append('"').toString();
    }

    private static String characters(CharSet set) {
        CharSet others = set.not();
        boolean negated = others.ranges().size() < set.ranges().size() && !others.isEmpty();
        StringBuilder out = new StringBuilder(negated ? "[^" : "[");
        for (CharSet.Range range : (negated ? others : set).ranges()) {
            out.append(member(range.low()));
            if (range.high() > range.low()) {
                out.append('-').append(member(range.high()));
            }
        }
        return out.append(']').toString();
    }

    private static String member(int c) {
        boolean special = c == ']' || c == '[' || c == '^' || c == '-' || c > 0x7e;
        return special ? hexadecimal(c) : escaped(c);
    }

    private static String escaped(int c) {
        return switch (c) {
            case '\\' -> "\\\\";
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            default -> c < 0x20 || c == 0x7f ? hexadecimal(c) : Character.toString(c);
        };
    }

    private static String hexadecimal(int c) {
        return c <= 0xff
                ? String.format("\\x%02X", c)
                : c <= 0xffff ? String.format("\\u%04X", c) : String.format("\\U%08X", c);
    }
}
