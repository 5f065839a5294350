package dev.quipu.llama.grammar;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads a regular expression as JavaScript's, as far as it is regular: what looks ahead, back or at another group is an
 * error. Lazy quantifiers mean the same texts as greedy ones.
 */
final class Regex {
    private static final int LONGEST = 4_000;
    private static final int DEEPEST = 64;
    private static final CharSet LINE_ENDS = CharSet.of("\n\r\u2028\u2029");

    private final String text;
    private final RuleBook book;
    private int at;

    private Regex(String text, RuleBook book) {
        this.text = text;
        this.book = book;
    }

    /** The texts that match as a whole. */
    static Part whole(String expression, RuleBook book) {
        return new Regex(checked(expression), book).top(false);
    }

    /** The texts in which something matches, as JSON schemas mean it. */
    static Part within(String expression, RuleBook book) {
        return new Regex(checked(expression), book).top(true);
    }

    private static String checked(String expression) {
        if (expression.length() > LONGEST) {
            throw new GrammarException(
                    GrammarError.TOO_LARGE,
                    "The regular expression has " + expression.length() + " characters, at most " + LONGEST
                            + " are read.");
        }
        return expression;
    }

    private Part top(boolean open) {
        List<Part> options = new ArrayList<>();
        do {
            boolean begins = eat('^');
            Part body = sequence(0, true);
            boolean ends = eat('$');
            Part anything = Part.any(new Part.Chars(CharSet.ALL));
            options.add(Part.sequence(
                    open && !begins ? anything : Part.NOTHING, body, open && !ends ? anything : Part.NOTHING));
        } while (eat('|'));
        if (at < text.length()) {
            throw wrong("'" + text.charAt(at) + "' is not expected");
        }
        return Part.choice(options);
    }

    private Part alternatives(int depth) {
        List<Part> options = new ArrayList<>();
        do {
            options.add(sequence(depth, false));
        } while (eat('|'));
        return Part.choice(options);
    }

    private Part sequence(int depth, boolean top) {
        List<Part> items = new ArrayList<>();
        while (at < text.length() && text.charAt(at) != '|' && text.charAt(at) != ')') {
            boolean last = at == text.length() - 1 || text.charAt(at + 1) == '|';
            if (top && text.charAt(at) == '$' && last) {
                break;
            }
            items.add(quantified(atom(depth)));
        }
        return Part.sequence(items);
    }

    private Part atom(int depth) {
        int c = next();
        return switch (c) {
            case '(' -> group(depth + 1);
            case '[' -> members();
            case '.' -> new Part.Chars(LINE_ENDS.not());
            case '\\' -> new Part.Chars(nonEmpty(RegexEscapes.outside(this, next())));
            case '^', '$' -> throw unsupported("an anchor in the middle");
            case '*', '+', '?', '{' -> throw wrong("nothing stands before '" + (char) c + "'");
            default -> new Part.Chars(nonEmpty(CharSet.of(c, c)));
        };
    }

    private Part group(int depth) {
        if (depth > DEEPEST) {
            throw new GrammarException(
                    GrammarError.TOO_LARGE,
                    "The regular expression nests groups deeper than " + DEEPEST + ". Flatten it.");
        }
        if (eat('?')) {
            if (eat('<') && at < text.length() && text.charAt(at) != '=' && text.charAt(at) != '!') {
                int end = text.indexOf('>', at);
                if (end < 0) {
                    throw wrong("the name of a group is not closed");
                }
                at = end + 1;
            } else if (!eat(':')) {
                throw unsupported("looking ahead or back");
            }
        }
        Part inner = alternatives(depth);
        if (!eat(')')) {
            throw wrong("a ')' is missing");
        }
        return inner;
    }

    private Part quantified(Part item) {
        Part all = item;
        if (eat('*')) {
            all = repeated(item, 0, Part.Repeat.ENDLESS);
        } else if (eat('+')) {
            all = repeated(item, 1, Part.Repeat.ENDLESS);
        } else if (eat('?')) {
            all = repeated(item, 0, 1);
        } else if (eat('{')) {
            int least = number();
            int most = least;
            if (eat(',')) {
                most = at < text.length() && text.charAt(at) == '}' ? Part.Repeat.ENDLESS : number();
            }
            if (!eat('}')) {
                throw wrong("a '}' is missing");
            }
            if (most != Part.Repeat.ENDLESS && most < least) {
                throw wrong("a repetition has its bounds the wrong way round");
            }
            all = repeated(item, least, most);
        } else {
            return all;
        }
        eat('?');
        if (at < text.length() && "*+?{".indexOf(text.charAt(at)) >= 0) {
            throw wrong("two quantifiers follow each other");
        }
        return all;
    }

    /** {@code (a?)*} means {@code a*}: what repeats must not be empty. */
    private Part repeated(Part item, int least, int most) {
        Part repeated = item;
        int from = least;
        while (repeated instanceof Part.Repeat inner && inner.least() == 0 && most == Part.Repeat.ENDLESS) {
            if (inner.endless()) {
                return inner;
            }
            if (inner.most() != 1) {
                break;
            }
            repeated = inner.item();
            from = 0;
        }
        if (most == Part.Repeat.ENDLESS && new Shape(book.rules()).mayBeEmpty(repeated)) {
            throw unsupported("an endless repetition of what may be empty");
        }
        return book.repeat(repeated, from, most);
    }

    private Part members() {
        boolean negated = eat('^');
        CharSet set = CharSet.of("");
        while (!eat(']')) {
            CharSet low = member();
            boolean range = at + 1 < text.length() && text.charAt(at) == '-' && text.charAt(at + 1) != ']';
            if (range) {
                at++;
                CharSet high = member();
                int from = single(low);
                int to = single(high);
                if (to < from) {
                    throw wrong("a range of characters has its ends the wrong way round");
                }
                set = set.or(CharSet.of(from, to));
            } else {
                set = set.or(low);
            }
        }
        return new Part.Chars(nonEmpty(negated ? set.not() : set));
    }

    private CharSet member() {
        int c = next();
        return c == '\\' ? RegexEscapes.inside(this, next()) : CharSet.of(c, c);
    }

    private int single(CharSet set) {
        List<CharSet.Range> ranges = set.ranges();
        if (ranges.size() != 1 || ranges.getFirst().low() != ranges.getFirst().high()) {
            throw wrong("a range of characters has a class at one of its ends");
        }
        return ranges.getFirst().low();
    }

    private CharSet nonEmpty(CharSet set) {
        if (set.isEmpty()) {
            throw wrong("a class of characters has none that a text can hold");
        }
        return set;
    }

    private int number() {
        int start = at;
        while (at < text.length() && Character.digit(text.charAt(at), 10) >= 0) {
            at++;
        }
        if (at == start || at - start > 6) {
            throw wrong("a repetition needs a number of up to six digits");
        }
        return Integer.parseInt(text.substring(start, at));
    }

    /** The value of so many hexadecimal digits. */
    int hexadecimal(int digits) {
        String code = text.substring(Math.min(at, text.length()), Math.min(text.length(), at + digits));
        if (!code.matches("[0-9a-fA-F]{" + digits + "}")) {
            throw wrong("an escape needs " + digits + " hexadecimal digits");
        }
        at += digits;
        return Integer.parseInt(code, 16);
    }

    int next() {
        if (at >= text.length()) {
            throw wrong("it ends too early");
        }
        int c = text.codePointAt(at);
        at += Character.charCount(c);
        return c;
    }

    private boolean eat(char c) {
        boolean there = at < text.length() && text.charAt(at) == c;
        at += there ? 1 : 0;
        return there;
    }

    GrammarException wrong(String what) {
        return new GrammarException(
                GrammarError.SYNTAX,
                "The regular expression cannot be used: " + what + " (character " + (at + 1) + "). Correct it.");
    }

    GrammarException unsupported(String what) {
        return new GrammarException(
                GrammarError.UNSUPPORTED,
                "The regular expression cannot be held: it asks for " + what + " (character " + at
                        + "). Write it without.");
    }
}
