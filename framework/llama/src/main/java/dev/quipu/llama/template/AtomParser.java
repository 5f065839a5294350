package dev.quipu.llama.template;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Parses literals, names, brackets, and what stands in brackets after a value. */
final class AtomParser {
    private final TokenStream tokens;
    private final ExpressionParser expressions;

    AtomParser(TokenStream tokens, ExpressionParser expressions) {
        this.tokens = tokens;
        this.expressions = expressions;
    }

    Expression atom() {
        Token token = tokens.current();
        return switch (token.kind()) {
            case NAME -> name(tokens.next());
            case STRING -> strings();
            case INTEGER -> literal(tokens.next(), Value.of(new BigInteger(token.text())));
            case FLOAT -> literal(tokens.next(), new Value.Real(Double.parseDouble(token.text())));
            case OPERATOR -> bracket(token);
            default -> throw tokens.unexpected("an expression");
        };
    }

    private static Expression name(Token token) {
        return switch (token.text()) {
            case "true", "True" -> literal(token, Value.Bool.TRUE);
            case "false", "False" -> literal(token, Value.Bool.FALSE);
            case "none", "None" -> literal(token, Value.None.NONE);
            default -> new Expression.Name(token.offset(), token.text());
        };
    }

    private static Expression literal(Token token, Value value) {
        return new Expression.Literal(token.offset(), value);
    }

    /** Neighbouring string literals are one string. */
    private Expression strings() {
        Token first = tokens.next();
        StringBuilder text = new StringBuilder(first.text());
        while (tokens.current().kind() == Token.Kind.STRING) {
            text.append(tokens.next().text());
        }
        return literal(first, Value.of(text.toString()));
    }

    private Expression bracket(Token token) {
        return switch (token.text()) {
            case "(" -> {
                tokens.next();
                Expression inside = tuple(expressions::expression, true);
                tokens.expectOperator(")");
                yield inside;
            }
            case "[" -> list();
            case "{" -> dictionary();
            default -> throw tokens.unexpected("an expression");
        };
    }

    private Expression list() {
        int offset = tokens.next().offset();
        List<Expression> items = new ArrayList<>();
        while (!tokens.current().isOperator("]")) {
            items.add(expressions.expression());
            if (!tokens.skipOperator(",")) {
                break;
            }
        }
        tokens.expectOperator("]");
        return new Expression.ListLiteral(offset, false, List.copyOf(items));
    }

    private Expression dictionary() {
        int offset = tokens.next().offset();
        List<Expression> keys = new ArrayList<>();
        List<Expression> values = new ArrayList<>();
        while (!tokens.current().isOperator("}")) {
            keys.add(expressions.expression());
            tokens.expectOperator(":");
            values.add(expressions.expression());
            if (!tokens.skipOperator(",")) {
                break;
            }
        }
        tokens.expectOperator("}");
        return new Expression.DictionaryLiteral(offset, List.copyOf(keys), List.copyOf(values));
    }

    /** One expression, or a tuple where commas follow; an empty tuple only in parentheses. */
    Expression tuple(Supplier<Expression> element, boolean inParentheses) {
        int offset = tokens.offset();
        List<Expression> items = new ArrayList<>();
        boolean tuple = false;
        while (!endsTuple()) {
            items.add(element.get());
            if (!tokens.skipOperator(",")) {
                break;
            }
            tuple = true;
        }
        if (items.size() == 1 && !tuple) {
            return items.getFirst();
        }
        if (items.isEmpty() && !inParentheses) {
            throw tokens.unexpected("an expression");
        }
        return new Expression.ListLiteral(offset, true, List.copyOf(items));
    }

    private boolean endsTuple() {
        Token token = tokens.current();
        return token.kind() == Token.Kind.VARIABLE_END
                || token.kind() == Token.Kind.BLOCK_END
                || token.isOperator(")")
                || token.isName("recursive");
    }

    /** {@code [index]} or {@code [start:stop:step]} after a value. */
    Expression subscript(Expression target) {
        int offset = tokens.next().offset();
        Expression start = tokens.current().isOperator(":") ? null : expressions.expression();
        if (start != null && tokens.skipOperator("]")) {
            return new Expression.Subscript(offset, target, start);
        }
        tokens.expectOperator(":");
        Expression stop = sliceBound();
        Expression step = tokens.skipOperator(":") ? sliceBound() : null;
        tokens.expectOperator("]");
        return new Expression.Slice(offset, target, start, stop, step);
    }

    private @Nullable Expression sliceBound() {
        boolean absent = tokens.current().isOperator(":") || tokens.current().isOperator("]");
        return absent ? null : expressions.expression();
    }
}
