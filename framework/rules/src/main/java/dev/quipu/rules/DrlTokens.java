package dev.quipu.rules;

import java.util.ArrayList;
import java.util.List;

/**
 * The words and signs of a rule file with their lines, without comments and the contents of strings.
 *
 * <p>What it cannot read in exactly one way it reports instead of guessing, because text that it took for a string and
 * the compiler takes for code would escape the check: Unicode escapes, text blocks, strings that do not end on their
 * line, comments that do not end, and parentheses nested so deep that a parser would run out of stack.
 */
final class DrlTokens {
    private static final int MAX_DEPTH = 60;

    private final RuleSource source;
    private final String text;
    private final List<Token> tokens = new ArrayList<>();
    private final List<RuleProblem> problems = new ArrayList<>();
    private int at;
    private int line = 1;
    private int depth;

    private DrlTokens(RuleSource source) {
        this.source = source;
        this.text = source.text();
    }

    static DrlTokens of(RuleSource source) {
        DrlTokens tokens = new DrlTokens(source);
        tokens.read();
        return tokens;
    }

    List<Token> tokens() {
        return tokens;
    }

    List<RuleProblem> problems() {
        return problems;
    }

    private void read() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '\n') {
                line++;
                at++;
            } else if (text.startsWith("//", at)) {
                int end = text.indexOf('\n', at);
                skipTo(end < 0 ? text.length() : end);
            } else if (text.startsWith("/*", at)) {
                comment();
            } else if (c == '"' || c == '\'') {
                string(c);
            } else if (Character.isJavaIdentifierStart(c) || Character.isSurrogate(c)) {
                word();
            } else {
                sign(c);
            }
        }
    }

    private void comment() {
        int end = text.indexOf("*/", at + 2);
        if (end < 0) {
            problem("A comment does not end.");
        }
        skipTo(end < 0 ? text.length() : end + 2);
    }

    private void string(char quote) {
        if (text.startsWith("\"\"\"", at)) {
            problem("Text blocks are not supported. Use a string on one line.");
            skipTo(text.length());
            return;
        }
        int end = at + 1;
        while (end < text.length() && text.charAt(end) != quote && text.charAt(end) != '\n') {
            if (text.charAt(end) == '\\') {
                refuseUnicodeEscape(end);
                end++;
            }
            end++;
        }
        boolean closed = end < text.length() && text.charAt(end) == quote;
        if (!closed) {
            problem("A string does not end on its line.");
        }
        tokens.add(new Token("\"", line, false));
        skipTo(Math.min(text.length(), closed ? end + 1 : end));
    }

    private void word() {
        int end = at;
        while (end < text.length()
                && (Character.isJavaIdentifierPart(text.charAt(end)) || Character.isSurrogate(text.charAt(end)))) {
            end++;
        }
        tokens.add(new Token(text.substring(at, end), line, true));
        at = end;
    }

    private void sign(char c) {
        if (c == '\\') {
            refuseUnicodeEscape(at);
        }
        if (c == '(' || c == '[' || c == '{') {
            depth++;
            if (depth == MAX_DEPTH) {
                problem("Parentheses are nested %d deep. Split the expression.".formatted(depth));
            }
        } else if (c == ')' || c == ']' || c == '}') {
            depth--;
        }
        if (!Character.isWhitespace(c)) {
            tokens.add(new Token(String.valueOf(c), line, false));
        }
        at++;
    }

    private void refuseUnicodeEscape(int backslash) {
        if (text.startsWith("\\u", backslash)) {
            problem("Unicode escapes are not supported. Write the character itself.");
        }
    }

    private void skipTo(int end) {
        for (; at < end; at++) {
            if (text.charAt(at) == '\n') {
                line++;
            }
        }
    }

    private void problem(String message) {
        problems.add(new RuleProblem(source.name(), line, message));
    }

    /**
     * @param text the word, or one sign
     * @param line its line, from 1
     * @param word whether it is a word
     */
    record Token(String text, int line, boolean word) {
        boolean is(String other) {
            return text.equals(other);
        }
    }
}
