package dev.quipu.kg.cypher;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The words and signs of a written query, read from left to right. */
final class Tokens {
    private static final Pattern TOKEN =
            Pattern.compile("\\s*+(?:(?<word>[A-Za-z_]\\w*+)|(?<text>'[^'\\\\\\n]*+'|\"[^\"\\\\\\n]*+\")"
                    + "|(?<number>\\d++(?:\\.\\d++)?)|(?<parameter>\\$[A-Za-z]\\w*+)"
                    + "|(?<sign><>|<=|>=|->|<-|[()\\[\\]{}:,.=<>*+/-]))");
    private static final int LONGEST = 2_000;

    enum Kind {
        WORD,
        TEXT,
        NUMBER,
        PARAMETER,
        SIGN,
        END
    }

    record Token(Kind kind, String text) {}

    private final List<Token> tokens;
    private int at;

    private Tokens(List<Token> tokens) {
        this.tokens = tokens;
    }

    static Tokens of(String query) {
        if (query.length() > LONGEST) {
            throw new WrittenQueryException("it is longer than " + LONGEST + " characters");
        }
        List<Token> tokens = new ArrayList<>();
        Matcher matcher = TOKEN.matcher(query);
        int from = 0;
        while (from < query.length()) {
            if (query.substring(from).isBlank()) {
                break;
            }
            if (!matcher.find(from) || matcher.start() != from) {
                throw new WrittenQueryException("it has '" + query.strip().charAt(0) + "…' where no such sign may be: "
                        + query.substring(from, Math.min(query.length(), from + 12)));
            }
            from = matcher.end();
            tokens.add(token(matcher));
        }
        return new Tokens(tokens);
    }

    private static Token token(Matcher matcher) {
        for (Kind kind : Kind.values()) {
            String group = kind == Kind.END ? null : matcher.group(kind.name().toLowerCase(java.util.Locale.ROOT));
            if (group != null) {
                return new Token(
                        kind,
                        switch (kind) {
                            case TEXT -> group.substring(1, group.length() - 1);
                            case PARAMETER -> group.substring(1);
                            default -> group;
                        });
            }
        }
        throw new IllegalStateException("a token of no kind");
    }

    Token peek() {
        return peek(0);
    }

    Token peek(int ahead) {
        return at + ahead < tokens.size() ? tokens.get(at + ahead) : new Token(Kind.END, "the end");
    }

    Token next() {
        Token token = peek();
        at++;
        return token;
    }

    boolean is(String text) {
        return is(0, text);
    }

    boolean is(int ahead, String text) {
        Token token = peek(ahead);
        return switch (token.kind()) {
            case WORD -> token.text().equalsIgnoreCase(text);
            case SIGN -> token.text().equals(text);
            default -> false;
        };
    }

    boolean take(String text) {
        if (is(text)) {
            at++;
            return true;
        }
        return false;
    }

    void need(String text) {
        if (!take(text)) {
            throw new WrittenQueryException("'" + text + "' has to stand where '" + peek().text() + "' is");
        }
    }

    String word() {
        Token token = next();
        if (token.kind() != Kind.WORD) {
            throw new WrittenQueryException("a name has to stand where '" + token.text() + "' is");
        }
        return token.text();
    }
}
