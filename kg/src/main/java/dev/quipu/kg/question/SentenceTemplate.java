package dev.quipu.kg.question;

import dev.quipu.kg.internal.YamlMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A sentence with holes: {@code {name}} for a value, {@code {name:money}} and {@code {name:label}} for a formatted one,
 * {@code [ … ]} for a part that is left out when one of its values is missing.
 */
final class SentenceTemplate {
    private sealed interface Part {
        record Text(String text) implements Part {}

        record Hole(String name, String format) implements Part {}

        record Optional(List<Part> parts) implements Part {}
    }

    private final List<Part> parts;

    private SentenceTemplate(List<Part> parts) {
        this.parts = List.copyOf(parts);
    }

    static SentenceTemplate parse(String where, String source) {
        Parser parser = new Parser(where, source);
        return new SentenceTemplate(parser.parts('\0'));
    }

    /** The sentence; a missing value outside of brackets is written as a dash, never as "null". */
    String render(Map<String, Object> values, ValueFormat format) {
        StringBuilder out = new StringBuilder();
        append(out, parts, values, format);
        return out.toString();
    }

    private static void append(StringBuilder out, List<Part> parts, Map<String, Object> values, ValueFormat format) {
        for (Part part : parts) {
            switch (part) {
                case Part.Text text -> out.append(text.text());
                case Part.Hole hole -> {
                    @Nullable Object value = values.get(hole.name());
                    out.append(value != null && present(value) ? format.format(value, hole.format()) : "–");
                }
                case Part.Optional optional -> {
                    if (complete(optional.parts(), values)) {
                        append(out, optional.parts(), values, format);
                    }
                }
            }
        }
    }

    private static boolean complete(List<Part> parts, Map<String, Object> values) {
        return parts.stream().allMatch(p -> !(p instanceof Part.Hole hole) || present(values.get(hole.name())));
    }

    private static boolean present(@Nullable Object value) {
        return value != null && !value.toString().isEmpty() && !(value instanceof List<?> list && list.isEmpty());
    }

    /** Recursive descent over the source text. */
    private static final class Parser {
        private final String where;
        private final String source;
        private int at;

        Parser(String where, String source) {
            this.where = where;
            this.source = source;
        }

        List<Part> parts(char end) {
            List<Part> parts = new ArrayList<>();
            StringBuilder text = new StringBuilder();
            while (at < source.length() && source.charAt(at) != end) {
                char c = source.charAt(at++);
                if (c == '{' || c == '[') {
                    flush(text, parts);
                    parts.add(c == '{' ? hole() : optional());
                } else {
                    text.append(c);
                }
            }
            if (end != '\0' && at >= source.length()) {
                throw YamlMap.invalid(where, "has a '[' without its ']': " + source);
            }
            flush(text, parts);
            return parts;
        }

        private Part optional() {
            List<Part> inner = parts(']');
            at++;
            return new Part.Optional(inner);
        }

        private Part hole() {
            int end = source.indexOf('}', at);
            if (end < 0) {
                throw YamlMap.invalid(where, "has a '{' without its '}': " + source);
            }
            String[] hole = source.substring(at, end).split(":", 2);
            at = end + 1;
            return new Part.Hole(hole[0].strip(), hole.length > 1 ? hole[1].strip() : "");
        }

        private static void flush(StringBuilder text, List<Part> parts) {
            if (!text.isEmpty()) {
                parts.add(new Part.Text(text.toString()));
                text.setLength(0);
            }
        }
    }
}
