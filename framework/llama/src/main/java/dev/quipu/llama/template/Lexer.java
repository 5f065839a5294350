package dev.quipu.llama.template;

import dev.quipu.llama.template.Token.Kind;
import java.util.ArrayList;
import java.util.List;

/**
 * Splits a template into text and tags, and settles white space on the way.
 *
 * <p>White space follows Jinja with {@code trim_blocks} and {@code lstrip_blocks}, the setting in which chat templates
 * are written: the line end after a block or comment goes, and so does the indentation before one that begins its
 * line. A {@code -} inside a delimiter removes all white space on its side, a {@code +} keeps it.
 */
final class Lexer {
    private final TemplateSource source;
    private final String text;
    private final List<Token> tokens = new ArrayList<>();
    private int position;

    private Lexer(TemplateSource source) {
        this.source = source;
        this.text = source.text();
    }

    static List<Token> tokens(TemplateSource source) {
        Lexer lexer = new Lexer(source);
        lexer.run();
        return lexer.tokens;
    }

    private void run() {
        while (position < text.length()) {
            int open = nextTag(position);
            if (open < 0) {
                emitText(position, text.length());
                position = text.length();
            } else {
                emitText(position, textEnd(position, open));
                readTag(open);
            }
        }
        tokens.add(new Token(Kind.END, "", text.length()));
    }

    private int nextTag(int from) {
        for (int i = text.indexOf('{', from); i >= 0 && i + 1 < text.length(); i = text.indexOf('{', i + 1)) {
            char next = text.charAt(i + 1);
            if (next == '%' || next == '{' || next == '#') {
                return i;
            }
        }
        return -1;
    }

    /** Where the text before a tag ends once the tag's claim on white space is honoured. */
    private int textEnd(int from, int open) {
        char sign = charAt(open + 2);
        int end = open;
        while (end > from && PythonText.isSpace(text.charAt(end - 1))) {
            end--;
        }
        if (sign == '-') {
            return end;
        }
        if (sign == '+' || text.charAt(open + 1) == '{') {
            return open;
        }
        int lineStart = text.lastIndexOf('\n', open - 1) + 1;
        return lineStart >= from && end <= lineStart ? lineStart : open;
    }

    private void readTag(int open) {
        int start = isSign(charAt(open + 2)) ? open + 3 : open + 2;
        switch (text.charAt(open + 1)) {
            case '#' -> skipComment(open, start);
            case '{' -> readExpression(Kind.VARIABLE_BEGIN, open, start);
            default -> {
                int raw = endOfKeyword(start, "raw");
                if (raw >= 0) {
                    readRaw(open, raw);
                } else {
                    readExpression(Kind.BLOCK_BEGIN, open, start);
                }
            }
        }
    }

    private void skipComment(int open, int start) {
        int close = text.indexOf("#}", start);
        if (close < 0) {
            throw source.failure(TemplateError.SYNTAX, open, "A comment is not closed with '#}'");
        }
        char sign = close > start ? text.charAt(close - 1) : ' ';
        position = afterBlock(close + 2, sign);
    }

    private void readExpression(Kind begin, int open, int start) {
        tokens.add(new Token(begin, "", open));
        position = new TagLexer(source, tokens, begin == Kind.BLOCK_BEGIN).read(open, start);
        if (begin == Kind.BLOCK_BEGIN) {
            position = afterBlock(position, text.charAt(position - 3));
        } else if (text.charAt(position - 3) == '-') {
            position = skipSpace(position);
        }
    }

    /** Everything up to {@code endraw} is text. */
    private void readRaw(int open, int start) {
        int from = text.charAt(start - 3) == '-' ? skipSpace(start) : start;
        for (int end = text.indexOf("{%", from); end >= 0; end = text.indexOf("{%", end + 2)) {
            int inside = isSign(charAt(end + 2)) ? end + 3 : end + 2;
            int close = endOfKeyword(inside, "endraw");
            if (close >= 0) {
                emitText(from, textEnd(from, end));
                position = afterBlock(close, text.charAt(close - 3));
                return;
            }
        }
        throw source.failure(TemplateError.SYNTAX, open, "A raw block is not closed with '{% endraw %}'");
    }

    /** The offset after {@code keyword %}}, or -1 when the tag says something else. */
    private int endOfKeyword(int start, String keyword) {
        int at = skipSpace(start);
        if (!text.startsWith(keyword, at)) {
            return -1;
        }
        at = skipSpace(at + keyword.length());
        if (isSign(charAt(at))) {
            at++;
        }
        return text.startsWith("%}", at) ? at + 2 : -1;
    }

    private int afterBlock(int end, char sign) {
        if (sign == '-') {
            return skipSpace(end);
        }
        return sign != '+' && charAt(end) == '\n' ? end + 1 : end;
    }

    private int skipSpace(int from) {
        int at = from;
        while (at < text.length() && PythonText.isSpace(text.charAt(at))) {
            at++;
        }
        return at;
    }

    private void emitText(int from, int to) {
        if (to > from) {
            tokens.add(new Token(Kind.TEXT, text.substring(from, to), from));
        }
    }

    private char charAt(int index) {
        return index < text.length() ? text.charAt(index) : '\0';
    }

    private static boolean isSign(char character) {
        return character == '-' || character == '+';
    }
}
