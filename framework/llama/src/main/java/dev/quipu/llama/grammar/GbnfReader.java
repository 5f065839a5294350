package dev.quipu.llama.grammar;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a grammar before any engine does.
 *
 * <p>llama.cpp writes repetitions out and follows nesting by recursion, so a few characters can take all memory or the
 * whole stack and end the process. What is not understood here is refused: output is never less bound than was asked.
 */
final class GbnfReader {
    private static final int DEEPEST = 64;
    private static final int MOST_RULES = 2_000;
    private static final int MOST_REPETITIONS = 1_000;
    private static final int MOST_POSTFIXES = 8;
    private static final long MOST_ELEMENTS = 50_000;
    private static final int LONGEST = 200_000;
    private static final int END = -1;

    private final String text;
    private final Map<String, Integer> references = new HashMap<>();
    private final Map<String, Part> rules = new LinkedHashMap<>();
    private int at;

    private GbnfReader(String text) {
        this.text = text;
    }

    /** @throws GrammarException if it is no grammar, or more than an engine should be given */
    static Map<String, Part> read(String grammar) {
        if (grammar.length() > LONGEST) {
            throw new GrammarException(
                    GrammarError.TOO_LARGE,
                    "The grammar has " + grammar.length() + " characters, at most " + LONGEST + " are read.");
        }
        return new GbnfReader(grammar).grammar();
    }

    private Map<String, Part> grammar() {
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
            Part body = alternates(0);
            if (rules.putIfAbsent(name, body) != null) {
                throw wrong("there are two rules '" + name + "'");
            }
            elements += Shape.size(body);
            if (elements > MOST_ELEMENTS || rules.size() > MOST_RULES) {
                throw new GrammarException(
                        GrammarError.TOO_LARGE,
                        "The grammar has more than " + MOST_ELEMENTS + " elements, written out, or " + MOST_RULES
                                + " rules. Simplify it.");
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
        Shape shape = new Shape(rules);
        shape.endless().ifPresent(name -> {
            throw wrong("the rule '" + name + "' begins with itself, or repeats without end what may be empty");
        });
        shape.hopeless().ifPresent(name -> {
            throw wrong("the rule '" + name + "' never comes to an end");
        });
        return rules;
    }

    private Part alternates(int depth) {
        if (depth > DEEPEST) {
            throw wrong("parentheses are nested too deep");
        }
        List<Part> options = new ArrayList<>();
        options.add(sequence(depth));
        while (peek() == '|') {
            at++;
            skip(true);
            options.add(sequence(depth));
        }
        return options.size() == 1 ? options.getFirst() : new Part.Choice(options);
    }

    private Part sequence(int depth) {
        List<Part> items = new ArrayList<>();
        while (true) {
            int c = peek();
            Part item;
            if (c == '"') {
                item = literal();
            } else if (c == '[') {
                item = characters();
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
                item = new Part.Chars(CharSet.ALL);
            } else if (isNamePart(c)) {
                int start = at;
                String name = name();
                references.put(name, start);
                item = new Part.Rule(name);
            } else {
                return items.size() == 1 ? items.getFirst() : new Part.Sequence(items);
            }
            skip(depth > 0);
            items.add(repeated(item, depth));
        }
    }

    private Part repeated(Part item, int depth) {
        Part all = item;
        for (int times = 0; times < MOST_POSTFIXES; times++) {
            int c = peek();
            if (c == '*' || c == '+' || c == '?') {
                at++;
                all = new Part.Repeat(all, c == '+' ? 1 : 0, c == '?' ? 1 : Part.Repeat.ENDLESS);
            } else if (c == '{') {
                all = repetitions(all);
            } else {
                return all;
            }
            skip(depth > 0);
        }
        throw wrong("too many repetitions follow each other");
    }

    private Part repetitions(Part item) {
        at++;
        skip(false);
        int least = number();
        int most = least;
        skip(false);
        if (peek() == ',') {
            at++;
            skip(false);
            most = peek() == '}' ? Part.Repeat.ENDLESS : number();
            skip(false);
        }
        if (peek() != '}') {
            throw wrong("a '}' is missing");
        }
        if (most != Part.Repeat.ENDLESS && most < least) {
            throw wrong("a repetition has its bounds the wrong way round");
        }
        at++;
        return new Part.Repeat(item, least, most);
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

    /** A literal. A character that no text can hold would leave the model without a next token. */
    private Part literal() {
        int start = at++;
        StringBuilder literal = new StringBuilder();
        while (peek() != '"') {
            int c = character(start);
            if (c > Character.MAX_CODE_POINT || !CharSet.ALL.contains(c)) {
                throw wrong("a literal has a character that no text can hold");
            }
            literal.appendCodePoint(c);
        }
        at++;
        return Part.text(literal.toString());
    }

    /** A class of characters, which has to leave at least one that a text can hold. */
    private Part characters() {
        int start = at++;
        boolean negated = peek() == '^';
        if (negated) {
            at++;
        }
        List<CharSet.Range> members = new ArrayList<>();
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
            members.add(new CharSet.Range(low, high));
        }
        at++;
        CharSet set = negated ? CharSet.of(members).not() : CharSet.of(members);
        if (set.isEmpty()) {
            throw wrong("a class of characters has none that a text can hold");
        }
        return new Part.Chars(set);
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
        String code = text.substring(Math.min(text.length(), at), Math.min(text.length(), at + digits));
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
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
    }

    /** Spaces and comments, and line ends where they may stand. */
    private void skip(boolean lines) {
        while (true) {
            int c = peek();
            if (c == ' ' || c == '\t' || (lines && (c == '\n' || c == '\r'))) {
                at++;
            } else if (c == '#') {
                while (peek() != END && peek() != '\n') {
                    at++;
                }
            } else {
                return;
            }
        }
    }

    private int peek() {
        return at < text.length() ? text.charAt(at) : END;
    }

    private GrammarException wrong(String what) {
        long line = 1
                + text.substring(0, Math.min(at, text.length()))
                        .chars()
                        .filter(c -> c == '\n')
                        .count();
        return new GrammarException(
                GrammarError.SYNTAX, "The grammar cannot be used: " + what + " (line " + line + "). Correct it.");
    }
}
