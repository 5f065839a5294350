package dev.quipu.llama.template;

import dev.quipu.llama.template.Token.Kind;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Splits the inside of one tag into names, literals and operators. */
final class TagLexer {
    private static final List<String> LONG_OPERATORS = List.of("//", "**", "==", "!=", ">=", "<=");
    private static final String OPERATORS = "+-/*%~[](){}><=.:|,;";
    private static final int LONGEST_NUMBER = 100;

    private final TemplateSource source;
    private final String text;
    private final List<Token> tokens;
    private final boolean block;
    private final String end;
    private final Deque<Character> brackets = new ArrayDeque<>();
    private int position;

    TagLexer(TemplateSource source, List<Token> tokens, boolean block) {
        this.source = source;
        this.text = source.text();
        this.tokens = tokens;
        this.block = block;
        this.end = block ? "%}" : "}}";
    }

    /** Reads from {@code start} to the end of the tag that was opened at {@code open}; returns the offset after it. */
    int read(int open, int start) {
        position = start;
        while (true) {
            while (position < text.length() && PythonText.isSpace(text.charAt(position))) {
                position++;
            }
            if (position >= text.length()) {
                throw source.failure(TemplateError.SYNTAX, open, "A tag is not closed with '" + end + "'");
            }
            int sign = signLength();
            if (brackets.isEmpty() && text.startsWith(end, position + sign)) {
                tokens.add(new Token(block ? Kind.BLOCK_END : Kind.VARIABLE_END, "", position));
                return position + sign + 2;
            }
            next();
        }
    }

    /** 1 where a sign stands directly before the closing delimiter. */
    private int signLength() {
        char character = text.charAt(position);
        boolean sign = character == '-' || (block && character == '+');
        return sign && text.startsWith(end, position + 1) ? 1 : 0;
    }

    private void next() {
        char first = text.charAt(position);
        if (first == '\'' || first == '"') {
            string(first);
        } else if (first >= '0' && first <= '9') {
            number();
        } else if (first == '_' || Character.isUnicodeIdentifierStart(text.codePointAt(position))) {
            name();
        } else {
            operator(first);
        }
    }

    private void string(char quote) {
        int start = position;
        int at = start + 1;
        while (at < text.length() && text.charAt(at) != quote) {
            at += text.charAt(at) == '\\' ? 2 : 1;
        }
        if (at >= text.length()) {
            throw source.failure(TemplateError.SYNTAX, start, "A string is not closed with " + quote);
        }
        position = at + 1;
        tokens.add(new Token(Kind.STRING, StringEscapes.decode(source, start + 1, at), start));
    }

    private void name() {
        int start = position;
        while (position < text.length() && Character.isUnicodeIdentifierPart(text.codePointAt(position))) {
            position += Character.charCount(text.codePointAt(position));
        }
        tokens.add(new Token(Kind.NAME, text.substring(start, position), start));
    }

    private void number() {
        int start = position;
        boolean real = false;
        skipDigits();
        boolean afterDot = start > 0 && text.charAt(start - 1) == '.';
        if (!afterDot && charAt(position) == '.' && isDigit(charAt(position + 1))) {
            real = true;
            position++;
            skipDigits();
        }
        int exponent = exponentLength();
        if (!afterDot && exponent > 0) {
            real = true;
            position += exponent;
            skipDigits();
        }
        String digits = text.substring(start, position).replace("_", "");
        if (digits.length() > LONGEST_NUMBER) {
            throw source.failure(TemplateError.SYNTAX, start, "A number has " + digits.length() + " digits");
        }
        tokens.add(new Token(real ? Kind.FLOAT : Kind.INTEGER, digits, start));
    }

    /** The length of {@code e}, {@code e+} or {@code e-} where digits follow; 0 where there is none. */
    private int exponentLength() {
        if (charAt(position) != 'e' && charAt(position) != 'E') {
            return 0;
        }
        if (isDigit(charAt(position + 1))) {
            return 1;
        }
        boolean signed = charAt(position + 1) == '+' || charAt(position + 1) == '-';
        return signed && isDigit(charAt(position + 2)) ? 2 : 0;
    }

    private void skipDigits() {
        while (isDigit(charAt(position)) || (charAt(position) == '_' && isDigit(charAt(position + 1)))) {
            position++;
        }
    }

    private void operator(char first) {
        int start = position;
        for (String operator : LONG_OPERATORS) {
            if (text.startsWith(operator, start)) {
                tokens.add(new Token(Kind.OPERATOR, operator, start));
                position += 2;
                return;
            }
        }
        if (OPERATORS.indexOf(first) < 0) {
            throw source.failure(
                    TemplateError.SYNTAX,
                    start,
                    "Unexpected character '" + Character.toString(text.codePointAt(start)) + "'");
        }
        balance(first);
        tokens.add(new Token(Kind.OPERATOR, String.valueOf(first), start));
        position++;
    }

    private void balance(char character) {
        switch (character) {
            case '(' -> brackets.push(')');
            case '[' -> brackets.push(']');
            case '{' -> brackets.push('}');
            case ')', ']', '}' -> {
                if (brackets.isEmpty() || brackets.pop() != character) {
                    throw source.failure(TemplateError.SYNTAX, position, "Unexpected '" + character + "'");
                }
            }
            default -> {}
        }
    }

    private char charAt(int index) {
        return index < text.length() ? text.charAt(index) : '\0';
    }

    private static boolean isDigit(char character) {
        return character >= '0' && character <= '9';
    }
}
