package dev.quipu.llama.template;

import dev.quipu.llama.template.Expression.ArgumentList;
import dev.quipu.llama.template.Expression.Comparator;
import dev.quipu.llama.template.Expression.Comparison;
import dev.quipu.llama.template.Expression.FilterCall;
import dev.quipu.llama.template.Expression.Named;
import dev.quipu.llama.template.Expression.Operator;
import dev.quipu.llama.template.Token.Kind;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Parses expressions by recursive descent, one method a level of precedence, loosest first. */
final class ExpressionParser {
    private static final Map<String, Comparator> COMPARATORS = Map.of(
            "==", Comparator.EQUAL,
            "!=", Comparator.NOT_EQUAL,
            "<", Comparator.LESS,
            "<=", Comparator.AT_MOST,
            ">", Comparator.GREATER,
            ">=", Comparator.AT_LEAST);
    private static final Map<String, Operator> SUMS = Map.of("+", Operator.ADD, "-", Operator.SUBTRACT);
    private static final Map<String, Operator> PRODUCTS = Map.of(
            "*", Operator.MULTIPLY,
            "/", Operator.DIVIDE,
            "//", Operator.FLOOR_DIVIDE,
            "%", Operator.REMAINDER);

    /** Names that continue the expression after a test and so are not its argument. */
    private static final Set<String> NOT_AN_ARGUMENT = Set.of("else", "or", "and", "if", "is", "not", "in");

    private final TokenStream tokens;
    private final AtomParser atoms;

    ExpressionParser(TokenStream tokens) {
        this.tokens = tokens;
        this.atoms = new AtomParser(tokens, this);
    }

    /** An expression, with {@code a if b else c}. */
    Expression expression() {
        tokens.descend();
        Expression result = disjunction();
        while (tokens.current().isName("if")) {
            int offset = tokens.next().offset();
            Expression condition = disjunction();
            Expression otherwise = tokens.skipName("else") ? expression() : null;
            result = new Expression.Conditional(offset, condition, result, otherwise);
        }
        tokens.ascend();
        return result;
    }

    /** An expression that may be a tuple without parentheses. */
    Expression tuple() {
        return atoms.tuple(this::expression, false);
    }

    /** What a loop runs over: a tuple or an expression, without {@code if}, which filters the loop. */
    Expression iterable() {
        return atoms.tuple(this::disjunction, false);
    }

    private Expression disjunction() {
        Expression left = conjunction();
        while (tokens.current().isName("or")) {
            int offset = tokens.next().offset();
            left = new Expression.Logical(offset, false, left, conjunction());
        }
        return left;
    }

    private Expression conjunction() {
        Expression left = negation();
        while (tokens.current().isName("and")) {
            int offset = tokens.next().offset();
            left = new Expression.Logical(offset, true, left, negation());
        }
        return left;
    }

    private Expression negation() {
        if (!tokens.current().isName("not")) {
            return comparison();
        }
        int offset = tokens.next().offset();
        tokens.descend();
        Expression operand = negation();
        tokens.ascend();
        return new Expression.Negated(offset, operand);
    }

    private Expression comparison() {
        int offset = tokens.offset();
        Expression first = sum();
        List<Comparison> rest = new ArrayList<>();
        for (Comparator comparator = comparator(); comparator != null; comparator = comparator()) {
            rest.add(new Comparison(comparator, sum()));
        }
        return rest.isEmpty() ? first : new Expression.Compared(offset, first, List.copyOf(rest));
    }

    private @Nullable Comparator comparator() {
        Token token = tokens.current();
        if (token.kind() == Kind.OPERATOR && COMPARATORS.containsKey(token.text())) {
            tokens.next();
            return COMPARATORS.get(token.text());
        }
        if (tokens.skipName("in")) {
            return Comparator.IN;
        }
        if (token.isName("not") && tokens.ahead().isName("in")) {
            tokens.next();
            tokens.next();
            return Comparator.NOT_IN;
        }
        return null;
    }

    private Expression sum() {
        Expression left = joined();
        for (Operator operator = operator(SUMS); operator != null; operator = operator(SUMS)) {
            int offset = tokens.next().offset();
            left = new Expression.Binary(offset, operator, left, joined());
        }
        return left;
    }

    private Expression joined() {
        int offset = tokens.offset();
        Expression first = product();
        if (!tokens.current().isOperator("~")) {
            return first;
        }
        List<Expression> parts = new ArrayList<>(List.of(first));
        while (tokens.skipOperator("~")) {
            parts.add(product());
        }
        return new Expression.Joined(offset, List.copyOf(parts));
    }

    private Expression product() {
        Expression left = power();
        for (Operator operator = operator(PRODUCTS); operator != null; operator = operator(PRODUCTS)) {
            int offset = tokens.next().offset();
            left = new Expression.Binary(offset, operator, left, power());
        }
        return left;
    }

    private Expression power() {
        Expression left = signed(true);
        while (tokens.current().isOperator("**")) {
            int offset = tokens.next().offset();
            left = new Expression.Binary(offset, Operator.POWER, left, signed(true));
        }
        return left;
    }

    private @Nullable Operator operator(Map<String, Operator> operators) {
        Token token = tokens.current();
        return token.kind() == Kind.OPERATOR ? operators.get(token.text()) : null;
    }

    /** A signed operand. Filters bind looser than the sign, so the innermost operand takes none. */
    private Expression signed(boolean withFilters) {
        Token token = tokens.current();
        Expression result;
        if (token.isOperator("-") || token.isOperator("+")) {
            tokens.next();
            tokens.descend();
            result = new Expression.Signed(token.offset(), token.isOperator("-"), signed(false));
            tokens.ascend();
        } else {
            result = atoms.atom();
        }
        result = postfix(result);
        return withFilters ? filtersAndTests(result) : result;
    }

    private Expression postfix(Expression atom) {
        Expression result = atom;
        while (true) {
            int offset = tokens.offset();
            if (tokens.skipOperator(".")) {
                result = member(offset, result);
            } else if (tokens.current().isOperator("[")) {
                result = atoms.subscript(result);
            } else if (tokens.current().isOperator("(")) {
                result = new Expression.Call(offset, result, arguments());
            } else {
                return result;
            }
        }
    }

    private Expression member(int offset, Expression target) {
        if (tokens.current().kind() == Kind.INTEGER) {
            Value index = Value.of(new BigInteger(tokens.next().text()));
            return new Expression.Subscript(offset, target, new Expression.Literal(offset, index));
        }
        return new Expression.Attribute(offset, target, tokens.expectIdentifier());
    }

    private Expression filtersAndTests(Expression operand) {
        Expression result = operand;
        while (true) {
            int offset = tokens.offset();
            if (tokens.current().isOperator("|")) {
                result = new Expression.Filtered(offset, result, filter());
            } else if (tokens.current().isName("is")) {
                result = test(result);
            } else if (tokens.current().isOperator("(")) {
                result = new Expression.Call(offset, result, arguments());
            } else {
                return result;
            }
        }
    }

    /** A filter with the bar before it. */
    FilterCall filter() {
        int offset = tokens.offset();
        tokens.expectOperator("|");
        return filterName(offset);
    }

    /** A filter without a bar, as it opens a filter block. */
    FilterCall filterName(int offset) {
        String name = tokens.expectIdentifier();
        return new FilterCall(offset, name, tokens.current().isOperator("(") ? arguments() : ArgumentList.NONE);
    }

    private Expression test(Expression operand) {
        int offset = tokens.next().offset();
        boolean negated = tokens.skipName("not");
        String name = tokens.expectIdentifier();
        Expression result = new Expression.Tested(offset, operand, name, testArguments());
        return negated ? new Expression.Negated(offset, result) : result;
    }

    private ArgumentList testArguments() {
        Token token = tokens.current();
        if (token.isOperator("(")) {
            return arguments();
        }
        boolean argument = switch (token.kind()) {
            case STRING, INTEGER, FLOAT -> true;
            case NAME -> !NOT_AN_ARGUMENT.contains(token.text());
            default -> token.isOperator("[") || token.isOperator("{");
        };
        return argument ? new ArgumentList(List.of(postfix(atoms.atom())), List.of()) : ArgumentList.NONE;
    }

    /** Arguments in parentheses. */
    ArgumentList arguments() {
        tokens.expectOperator("(");
        List<Expression> positional = new ArrayList<>();
        List<Named> named = new ArrayList<>();
        while (!tokens.current().isOperator(")")) {
            if (tokens.current().isOperator("*") || tokens.current().isOperator("**")) {
                throw tokens.unsupported(tokens.offset(), "Spreading arguments with * is not supported");
            }
            if (tokens.current().kind() == Kind.NAME && tokens.ahead().isOperator("=")) {
                String name = tokens.next().text();
                if (named.stream().anyMatch(argument -> argument.name().equals(name))) {
                    throw tokens.failure("The argument '" + name + "' occurs twice");
                }
                tokens.next();
                named.add(new Named(name, expression()));
            } else if (named.isEmpty()) {
                positional.add(expression());
            } else {
                throw tokens.failure("A positional argument follows a named one");
            }
            if (!tokens.skipOperator(",")) {
                break;
            }
        }
        tokens.expectOperator(")");
        return new ArgumentList(List.copyOf(positional), List.copyOf(named));
    }
}
