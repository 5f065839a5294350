package dev.quipu.llama.grammar;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The parts that every JSON text has. Where white space may stand there is little of it: models pad without end. */
final class JsonParts {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final CharSet QUOTED = CharSet.of("\"\\").or(CharSet.of(1, 0x1f));
    private static final CharSet HEX =
            CharSet.of('0', '9').or(CharSet.of('a', 'f')).or(CharSet.of('A', 'F'));
    private static final Part DIGIT = Part.chars('0', '9');
    private static final int DIGITS = 15;

    private final RuleBook book;
    private Part.@Nullable Rule space;
    private Part.@Nullable Rule character;
    private Part.@Nullable Rule value;

    JsonParts(RuleBook book) {
        this.book = book;
    }

    static Part literal(JsonNode value) {
        try {
            return Part.text(JSON.writeValueAsString(value));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A constant; what is made of parts may have white space between them. */
    Part constant(JsonNode value) {
        List<Part> items = new ArrayList<>();
        if (value.isObject()) {
            value.properties()
                    .forEach(p -> items.add(pair(literal(TextNode.valueOf(p.getKey())), constant(p.getValue()))));
        } else if (value.isArray()) {
            value.forEach(item -> items.add(constant(item)));
        } else {
            return literal(value);
        }
        List<Part> written = new ArrayList<>(List.of(Part.text(value.isObject() ? "{" : "["), space()));
        for (int i = 0; i < items.size(); i++) {
            written.add(i == 0 ? Part.NOTHING : comma());
            written.add(items.get(i));
        }
        written.add(items.isEmpty() ? Part.NOTHING : space());
        written.add(Part.text(value.isObject() ? "}" : "]"));
        return Part.sequence(written);
    }

    Part space() {
        if (space == null) {
            space = book.add(
                    "space",
                    Part.choice(
                            Part.NOTHING,
                            Part.text(" "),
                            Part.sequence(Part.text("\n"), new Part.Repeat(new Part.Chars(CharSet.of(" \t")), 0, 20))));
        }
        return space;
    }

    /** A character of a string, escaped in any way. */
    Part character() {
        if (character == null) {
            Part hex = new Part.Chars(HEX);
            Part code = Part.choice(
                    Part.sequence(new Part.Chars(HEX.minus(CharSet.of("dD"))), new Part.Repeat(hex, 3, 3)),
                    Part.sequence(new Part.Chars(CharSet.of("dD")), Part.chars('0', '7'), new Part.Repeat(hex, 2, 2)));
            character = book.add(
                    "char",
                    Part.choice(
                            new Part.Chars(QUOTED.not()),
                            Part.sequence(
                                    Part.text("\\"),
                                    Part.choice(
                                            new Part.Chars(CharSet.of("\"\\/bfnrt")),
                                            Part.sequence(Part.text("u"), code)))));
        }
        return character;
    }

    Part string(Part inside) {
        return Part.sequence(Part.text("\""), inside, Part.text("\""));
    }

    /** Texts as they stand inside a JSON string, escaped only where they have to be; rules under their new names. */
    static Part encoded(Part part, Map<String, Part.Rule> names) {
        return switch (part) {
            case Part.Text literal -> encoded(literal.text());
            case Part.Chars chars -> encoded(chars.set());
            case Part.Rule rule -> Objects.requireNonNull(names.get(rule.name()), rule.name());
            case Part.Sequence sequence ->
                Part.sequence(
                        sequence.items().stream().map(i -> encoded(i, names)).toList());
            case Part.Choice choice ->
                Part.choice(
                        choice.options().stream().map(o -> encoded(o, names)).toList());
            case Part.Repeat repeat -> new Part.Repeat(encoded(repeat.item(), names), repeat.least(), repeat.most());
        };
    }

    private static Part encoded(String text) {
        String quoted = ((Part.Text) literal(TextNode.valueOf(text))).text();
        return Part.text(quoted.substring(1, quoted.length() - 1));
    }

    private static Part encoded(CharSet set) {
        List<Part> options = new ArrayList<>();
        CharSet plain = set.minus(QUOTED);
        if (!plain.isEmpty()) {
            options.add(new Part.Chars(plain));
        }
        set.and(QUOTED).members(c -> true).forEach(c -> options.add(encoded(Character.toString(c))));
        return Part.choice(options);
    }

    /** A string that is none of some. */
    Part stringExcept(List<String> names) {
        if (names.isEmpty()) {
            return string(Part.any(character()));
        }
        return string(except(names, book));
    }

    private static Part except(List<String> names, RuleBook book) {
        Part other = encoded(CharSet.ALL);
        Map<Integer, List<String>> tails = new TreeMap<>();
        boolean ends = false;
        for (String name : names) {
            if (name.isEmpty()) {
                ends = true;
            } else {
                int first = name.codePointAt(0);
                tails.computeIfAbsent(first, c -> new ArrayList<>()).add(name.substring(Character.charCount(first)));
            }
        }
        CharSet firsts = CharSet.of("");
        List<Part> options = new ArrayList<>();
        if (!ends) {
            options.add(Part.NOTHING);
        }
        for (Map.Entry<Integer, List<String>> tail : tails.entrySet()) {
            firsts = firsts.or(CharSet.of(tail.getKey(), tail.getKey()));
            options.add(Part.sequence(
                    encoded(Character.toString(tail.getKey())), book.add("other", except(tail.getValue(), book))));
        }
        options.add(Part.sequence(encoded(firsts.not()), Part.any(other)));
        return Part.choice(options);
    }

    /** Any JSON value. */
    Part value() {
        if (value == null) {
            value = book.reserve("value");
            book.define(
                    value,
                    Part.choice(
                            string(Part.any(character())),
                            number(),
                            object(string(Part.any(character())), value),
                            Part.sequence(Part.text("["), list(value, 0, Part.Repeat.ENDLESS), Part.text("]")),
                            Part.text("true"),
                            Part.text("false"),
                            Part.text("null")));
        }
        return value;
    }

    Part object(Part key, Part member) {
        Part pair = book.add("pair", pair(key, member));
        return Part.sequence(Part.text("{"), list(pair, 0, Part.Repeat.ENDLESS), Part.text("}"));
    }

    Part pair(Part key, Part member) {
        return Part.sequence(key, Part.text(":"), Part.optional(Part.text(" ")), member);
    }

    Part comma() {
        return Part.sequence(Part.text(","), space());
    }

    /** Items with commas and the white space around them. */
    Part list(Part item, int least, int most) {
        if (most == 0) {
            return Part.NOTHING;
        }
        Part more = Part.sequence(comma(), item);
        int rest = most == Part.Repeat.ENDLESS ? most : most - 1;
        Part some = Part.sequence(space(), item, book.repeat(more, Math.max(0, least - 1), rest), space());
        return least == 0 ? Part.choice(space(), some) : some;
    }

    /** A whole number without bounds. */
    Part integer() {
        return Part.sequence(Part.optional(Part.text("-")), Part.choice(Part.text("0"), digits()));
    }

    private static Part digits() {
        return Part.sequence(Part.chars('1', '9'), new Part.Repeat(DIGIT, 0, DIGITS - 1));
    }

    /** A number without bounds; its exponent stays in what a double holds. */
    Part number() {
        Part fraction = Part.sequence(Part.text("."), new Part.Repeat(DIGIT, 1, DIGITS));
        Part exponent = Part.sequence(
                new Part.Chars(CharSet.of("eE")),
                Part.optional(new Part.Chars(CharSet.of("+-"))),
                new Part.Repeat(DIGIT, 1, 2));
        return Part.sequence(integer(), Part.optional(fraction), Part.optional(exponent));
    }
}
