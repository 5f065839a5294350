package dev.quipu.llama;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a grammar before llama.cpp does.
 *
 * <p>llama.cpp writes repetitions out and follows nesting by recursion, so a few characters can take all memory or the
 * whole stack and end the process. What is not understood here is refused: output is never less bound than was asked.
 */
final class GbnfCheck {
    private static final int DEEPEST = 64;
    private static final int MOST_RULES = 2_000;
    private static final int MOST_REPETITIONS = 1_000;
    private static final long MOST_ELEMENTS = 50_000;
    private static final int END = -1;

    private final String text;
    private final Map<String, Integer> references = new HashMap<>();
    private final Map<String, GbnfShape> rules = new LinkedHashMap<>();
    private int at;

    private GbnfCheck(String text) {
        this.text = text;
    }

    /** @throws EngineException if it is no grammar, or more than llama.cpp should be given */
    static void check(String grammar) {
        new GbnfCheck(grammar).grammar();
    }

    private void grammar() {
        long elements = 0;
        skip(true);
        while (peek() != END) {
            String name = name();
            skip(false);
            if (!text.startsWith("::=", at)) {
                throw wrong("'::=' has to follow the name of a rule");
            }
            at += 3;
            skip(true);
            GbnfShape body = alternates(0);
            rules.put(name, body);
            elements += body.size();
            if (elements > MOST_ELEMENTS || rules.size() > MOST_RULES) {
                throw wrong("the grammar is too large, written out");
            }
            skip(true);
        }
        if (!rules.containsKey("root")) {
            throw wrong("there is no rule 'root'");
        }
        references.forEach((name, place) -> {
            if (!rules.containsKey(name)) {
                at = place;
                throw wrong("there is no rule '" + name + "'");
            }
        });
        GbnfShape.endless(rules).ifPresent(name -> {
            throw wrong("the rule '" + name + "' begins with itself, or repeats without end what may be empty");
        });
    }

    private GbnfShape alternates(int depth) {
        if (depth > DEEPEST) {
            throw wrong("parentheses are nested too deep");
        }
        List<GbnfShape> options = new ArrayList<>();
        options.add(sequence(depth));
        while (peek() == '|') {
            at++;
            skip(true);
            options.add(sequence(depth));
        }
        return new GbnfShape.Choice(options, bounded(options));
    }

    private GbnfShape sequence(int depth) {
        List<GbnfShape> items = new ArrayList<>();
        while (true) {
            int c = peek();
            GbnfShape item;
            if (c == '"') {
                item = new GbnfShape.Text(literal());
            } else if (c == '[') {
                item = new GbnfShape.Text(characters());
            } else if (c == '(') {
                at++;
                skip(true);
                item = alternates(depth + 1);
                if (peek() != ')') {
                    throw wrong("a ')' is missing");
                }
                at++;
            } else if (c == '.') {
                at++;
                item = new GbnfShape.Text(1);
            } else if (isNamePart(c)) {
                int start = at;
                String name = name();
                references.put(name, start);
                item = new GbnfShape.Rule(name);
            } else {
                return new GbnfShape.Sequence(items, bounded(items));
            }
            skip(depth > 0);
            items.add(repeated(item, depth));
        }
    }

    private GbnfShape repeated(GbnfShape item, int depth) {
        GbnfShape all = item;
        while (true) {
            int c = peek();
            if (c == '*' || c == '+' || c == '?') {
                at++;
                all = new GbnfShape.Repeat(all, c != '+', c != '?', bounded(List.of(all, all)));
            } else if (c == '{') {
                all = repetitions(all);
            } else {
                return all;
            }
            skip(depth > 0);
        }
    }

    private GbnfShape repetitions(GbnfShape item) {
        at++;
        skip(false);
        int least = number();
        int most = least;
        boolean endless = false;
        skip(false);
        if (peek() == ',') {
            at++;
            skip(false);
            endless = peek() == '}';
            most = endless ? least + 1 : number();
            skip(false);
        }
        if (peek() != '}') {
            throw wrong("a '}' is missing");
        }
        if (most < least) {
            throw wrong("a repetition has its bounds the wrong way round");
        }
        at++;
        return new GbnfShape.Repeat(item, least == 0, endless, bounded(Collections.nCopies(Math.max(1, most), item)));
    }

    /** Adds up sizes, and ends before they are too much. */
    private long bounded(List<GbnfShape> parts) {
        long size = parts.stream().mapToLong(p -> p.size() + 1).sum();
        if (size > MOST_ELEMENTS) {
            throw wrong("the grammar is too large, written out");
        }
        return size;
    }

    private int number() {
        int start = at;
        while (peek() >= '0' && peek() <= '9') {
            at++;
        }
        if (at == start || at - start > 4 || Integer.parseInt(text.substring(start, at)) > MOST_REPETITIONS) {
            throw wrong("a repetition needs a number up to " + MOST_REPETITIONS);
        }
        return Integer.parseInt(text.substring(start, at));
    }

    /** A literal; returns its length. A character that no text can hold would leave the model without a next token. */
    private long literal() {
        int start = at++;
        long length = 0;
        while (peek() != '"') {
            int c = character(start);
            if (!possible(c)) {
                throw wrong("a literal has a character that no text can hold");
            }
            length++;
        }
        at++;
        return length;
    }

    /** A class of characters, which has to leave at least one that a text can hold. */
    private long characters() {
        int start = at++;
        boolean negated = peek() == '^';
        if (negated) {
            at++;
        }
        BitSet members = new BitSet();
        while (peek() != ']') {
            int low = character(start);
            int high = low;
            if (peek() == '-' && at + 1 < text.length() && text.charAt(at + 1) != ']') {
                at++;
                high = character(start);
            }
            if (high < low || high > Character.MAX_CODE_POINT) {
                throw wrong("a range of characters has its ends the wrong way round, or beyond Unicode");
            }
            members.set(low, high + 1);
        }
        at++;
        if (negated) {
            members.flip(0, Character.MAX_CODE_POINT + 1);
        }
        members.clear(0);
        members.clear(Character.MIN_SURROGATE, Character.MAX_SURROGATE + 1);
        if (members.isEmpty()) {
            throw wrong("a class of characters has none that a text can hold");
        }
        return 1;
    }

    private static boolean possible(int c) {
        return c > 0
                && c <= Character.MAX_CODE_POINT
                && !(c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
    }

    /** The next character of a literal or class, escapes resolved. */
    private int character(int start) {
        int c = peek() == END ? END : text.codePointAt(at);
        if (c == END || c == '\n') {
            at = start;
            throw wrong("a literal or class of characters is not closed");
        }
        at += Character.charCount(c);
        if (c != '\\') {
            return c;
        }
        int escape = peek();
        at++;
        return switch (escape) {
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case '\\', '"', '[', ']' -> escape;
            case 'x' -> hexadecimal(2);
            case 'u' -> hexadecimal(4);
            case 'U' -> hexadecimal(8);
            default -> throw wrong("an escape is not known");
        };
    }

    private int hexadecimal(int digits) {
        String code = text.substring(at, Math.min(text.length(), at + digits));
        if (!code.matches("[0-9a-fA-F]{" + digits + "}")) {
            throw wrong("an escape needs " + digits + " hexadecimal digits");
        }
        at += digits;
        long value = Long.parseLong(code, 16);
        return value > Character.MAX_CODE_POINT ? Character.MAX_CODE_POINT + 1 : (int) value;
    }

    private String name() {
        int start = at;
        while (isNamePart(peek())) {
            at++;
        }
        if (at == start) {
            throw wrong("the name of a rule is expected");
        }
        return text.substring(start, at);
    }

    private static boolean isNamePart(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
    }

    private void skip(boolean lines) {
        while (true) {
            int c = peek();
            if (c == '#') {
                while (peek() != END && peek() != '\n') {
                    at++;
                }
            } else if (c == ' ' || c == '\t' || (lines && (c == '\n' || c == '\r'))) {
                at++;
            } else {
                return;
            }
        }
    }

    private int peek() {
        return at < text.length() ? text.charAt(at) : END;
    }

    private EngineException wrong(String what) {
        int line = 1
                + (int) text.substring(0, Math.min(at, text.length()))
                        .chars()
                        .filter(c -> c == '\n')
                        .count();
        return new EngineException(
                EngineError.GRAMMAR, "The grammar cannot be used: " + what + " (line " + line + "). Correct it.");
    }
}
