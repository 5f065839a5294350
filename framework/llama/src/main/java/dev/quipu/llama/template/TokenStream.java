package dev.quipu.llama.template;

import dev.quipu.llama.template.Token.Kind;
import java.util.List;

/** A cursor over tokens that also watches how deep the parser has descended. */
final class TokenStream {
    private final TemplateSource source;
    private final List<Token> tokens;
    private int index;
    private int depth;

    TokenStream(TemplateSource source, List<Token> tokens) {
        this.source = source;
        this.tokens = tokens;
    }

    Token current() {
        return tokens.get(index);
    }

    Token ahead() {
        return tokens.get(Math.min(index + 1, tokens.size() - 1));
    }

    int offset() {
        return current().offset();
    }

    Token next() {
        Token token = current();
        if (token.kind() != Kind.END) {
            index++;
        }
        return token;
    }

    boolean skipOperator(String operator) {
        boolean found = current().isOperator(operator);
        if (found) {
            next();
        }
        return found;
    }

    boolean skipName(String name) {
        boolean found = current().isName(name);
        if (found) {
            next();
        }
        return found;
    }

    void expectOperator(String operator) {
        if (!skipOperator(operator)) {
            throw unexpected("'" + operator + "'");
        }
    }

    void expectName(String name) {
        if (!skipName(name)) {
            throw unexpected("'" + name + "'");
        }
    }

    String expectIdentifier() {
        return expect(Kind.NAME, "a name").text();
    }

    Token expect(Kind kind, String shown) {
        if (current().kind() != kind) {
            throw unexpected(shown);
        }
        return next();
    }

    TemplateException unexpected(String expected) {
        return failure("Expected " + expected + " but found " + current().shown());
    }

    TemplateException failure(String what) {
        return source.failure(TemplateError.SYNTAX, offset(), what);
    }

    TemplateException unsupported(int offset, String what) {
        return source.failure(TemplateError.UNSUPPORTED, offset, what);
    }

    /** Goes one level down; each call needs its {@link #ascend}. */
    void descend() {
        if (++depth > Limits.STANDARD.nesting()) {
            throw source.failure(
                    TemplateError.TOO_DEEP,
                    offset(),
                    "The template nests deeper than " + Limits.STANDARD.nesting() + " levels");
        }
    }

    void ascend() {
        depth--;
    }
}
