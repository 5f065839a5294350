package dev.quipu.kg.cypher;

import dev.quipu.kg.cypher.Condition.Compare;
import dev.quipu.kg.cypher.Expression.Aggregate;
import dev.quipu.kg.cypher.Expression.Combined;
import dev.quipu.kg.cypher.Expression.Count;
import dev.quipu.kg.cypher.Expression.Field;
import dev.quipu.kg.cypher.Expression.Function;
import dev.quipu.kg.cypher.Expression.Linked;
import dev.quipu.kg.cypher.Expression.Literal;
import dev.quipu.kg.cypher.GraphSchema.Property;
import dev.quipu.kg.cypher.GraphSchema.ValueType;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Reads conditions and expressions, and holds operators to the types of what they compare. */
final class Expressions {
    private static final Set<String> OPERATORS = Set.of("=", "<>", "<", "<=", ">", ">=");
    private static final Set<String> FUNCTIONS = Set.of("count", "sum", "avg", "min", "max", "collect");
    private static final Set<String> PARTS = Set.of("year", "month", "day");
    private static final int DEEPEST = 12;
    /** The 31st of a shorter month is its last day. */
    private static final DateTimeFormatter LAST_OF_MONTH =
            DateTimeFormatter.ISO_LOCAL_DATE.withResolverStyle(ResolverStyle.SMART);

    private final Tokens tokens;
    private final Names names;
    private final Patterns patterns;
    private int depth;

    Expressions(Tokens tokens, Names names, Patterns patterns) {
        this.tokens = tokens;
        this.names = names;
        this.patterns = patterns;
    }

    private void deeper() {
        if (++depth > DEEPEST) {
            throw new WrittenQueryException("it is nested too deep");
        }
    }

    Condition condition() {
        deeper();
        List<Condition> options = new ArrayList<>();
        do {
            List<Condition> all = new ArrayList<>();
            do {
                all.add(single());
            } while (tokens.take("AND"));
            options.add(all.size() == 1 ? all.getFirst() : new Condition.All(all));
        } while (tokens.take("OR"));
        depth--;
        return options.size() == 1 ? options.getFirst() : new Condition.Any(options);
    }

    private Condition single() {
        if (tokens.take("NOT")) {
            deeper();
            Condition not = new Condition.Not(single());
            depth--;
            return not;
        }
        if (patterns.isNext()) {
            return new Condition.Leads(patterns.walk());
        }
        if (tokens.take("(")) {
            Condition inner = condition();
            tokens.need(")");
            return inner;
        }
        Expression left = expression();
        if (tokens.take("IS")) {
            boolean wanted = tokens.take("NOT");
            tokens.need("NULL");
            if (!(left instanceof Field field)) {
                throw new WrittenQueryException("IS NULL asks about a property");
            }
            return new Condition.Present(field, wanted);
        }
        String operator = tokens.next().text();
        if (!OPERATORS.contains(operator)) {
            throw new WrittenQueryException("'" + operator + "' is none of the operators " + OPERATORS);
        }
        return comparison(left, operator, expression());
    }

    private Compare comparison(Expression left, String operator, Expression right) {
        if (right instanceof Linked linked) {
            return linked(left, operator, linked);
        }
        if (left.aggregates() || right.aggregates()) {
            throw new WrittenQueryException("WHERE compares no counts; use WITH … AS n WHERE n " + operator + " …");
        }
        ValueType type = type(left);
        Expression value = right instanceof Literal literal ? literal(left, type, literal) : right;
        if (type(value) != type) {
            throw new WrittenQueryException("a " + type(value) + " cannot be compared with a " + type);
        }
        if ((type == ValueType.TEXT || type == ValueType.BOOLEAN) && !operator.equals("=") && !operator.equals("<>")) {
            throw new WrittenQueryException("a " + type + " is compared by = and <> only");
        }
        return new Compare(left, operator, value);
    }

    /** Whatever property of its node a thing is compared with, it is the one that the thing is a value of. */
    private Compare linked(Expression left, String operator, Linked linked) {
        Exposure.Place place = linked.value().place();
        if (!(left instanceof Field field) || !field.property().label().equals(place.label())) {
            throw new WrittenQueryException("$" + linked.value().name() + " is a " + place);
        }
        if (!operator.equals("=") && !operator.equals("<>")) {
            throw new WrittenQueryException("$" + linked.value().name() + " is compared by = and <> only");
        }
        Property property = new Property(place.label(), place.property(), ValueType.TEXT, List.of());
        return new Compare(new Field(property, Optional.empty()), operator, linked);
    }

    private Literal literal(Expression left, ValueType type, Literal literal) {
        if (type == ValueType.TEXT && left instanceof Field field) {
            return field.property().values().stream()
                    .filter(v -> v.equalsIgnoreCase(String.valueOf(literal.value())))
                    .findFirst()
                    .map(Literal::new)
                    .orElseThrow(() -> new WrittenQueryException("'" + literal.value() + "' is no known value of "
                            + field.property().label() + "." + field.property().name() + "; known are "
                            + field.property().values() + " and the parameters"));
        }
        return literal;
    }

    private static ValueType type(Expression expression) {
        return switch (expression) {
            case Field f ->
                f.part().isPresent() ? ValueType.NUMBER : f.property().type();
            case Literal l ->
                switch (l.value()) {
                    case String s -> ValueType.TEXT;
                    case Boolean b -> ValueType.BOOLEAN;
                    case java.time.LocalDate d -> ValueType.DATE;
                    default -> ValueType.NUMBER;
                };
            case Aggregate a ->
                switch (a.function()) {
                    case MIN, MAX -> type(a.of());
                    case COLLECT -> ValueType.TEXT;
                    case COUNT, SUM, AVG -> ValueType.NUMBER;
                };
            default -> ValueType.NUMBER;
        };
    }

    Expression expression() {
        deeper();
        Expression left = operand();
        while (tokens.is("*") || tokens.is("-") || tokens.is("+") || tokens.is("/")) {
            String operator = tokens.next().text();
            Expression right = operand();
            requireNumber(left);
            requireNumber(right);
            if (left.aggregates() != right.aggregates() && !(left instanceof Literal) && !(right instanceof Literal)) {
                throw new WrittenQueryException(
                        "a figure of a group and one of a single row cannot be calculated with");
            }
            left = new Combined(left, operator, right);
        }
        depth--;
        return left;
    }

    static void requireNumber(Expression expression) {
        if (type(expression) != ValueType.NUMBER) {
            throw new WrittenQueryException("only numbers can be calculated with");
        }
    }

    private Expression operand() {
        Tokens.Token token = tokens.peek();
        return switch (token.kind()) {
            case WORD -> word();
            case NUMBER -> number(tokens.next().text());
            case TEXT -> new Literal(tokens.next().text());
            case PARAMETER -> new Linked(names.parameter(tokens.next().text()));
            case SIGN, END -> throw new WrittenQueryException("a value has to stand where '" + token.text() + "' is");
        };
    }

    private Literal number(String text) {
        String plain = Bindings.plain(text);
        if (!names.bindings().numbers().contains(plain)) {
            throw new WrittenQueryException("the question has no number " + text + "; it has "
                    + names.bindings().numbers());
        }
        return new Literal(plain.contains(".") ? (Object) Double.valueOf(plain) : Long.valueOf(plain));
    }

    private Expression word() {
        String word = tokens.word();
        String lower = word.toLowerCase(Locale.ROOT);
        if (tokens.is("(")) {
            return call(lower);
        }
        if (lower.equals("true") || lower.equals("false")) {
            return new Literal(lower.equals("true"));
        }
        Optional<Expression> aliased = names.aliased(word);
        if (aliased.isPresent() && !tokens.is(".")) {
            return aliased.get();
        }
        String label = names.labelOf(word);
        tokens.need(".");
        String name = tokens.word();
        Property property = isComparedWithLinked()
                ? new Property(label, name, ValueType.TEXT, List.of())
                : names.schema().property(label, name);
        return new Field(property, part(property));
    }

    /** A thing of the question may be compared with its own property, though that cannot be read. */
    private boolean isComparedWithLinked() {
        return (tokens.is("=") || tokens.is("<>")) && tokens.peek(1).kind() == Tokens.Kind.PARAMETER;
    }

    private Optional<String> part(Property property) {
        if (!tokens.take(".")) {
            return Optional.empty();
        }
        String part = tokens.word();
        if (property.type() != ValueType.DATE || !PARTS.contains(part)) {
            throw new WrittenQueryException(property.name() + " has no part " + part);
        }
        return Optional.of(part);
    }

    private Expression call(String name) {
        tokens.need("(");
        if (name.equals("date")) {
            Literal date = date(tokens.next().text());
            tokens.need(")");
            return date;
        }
        if (!FUNCTIONS.contains(name)) {
            throw new WrittenQueryException("'" + name + "' is none of the functions " + FUNCTIONS);
        }
        // Things are counted once in any case.
        tokens.take("DISTINCT");
        boolean node = tokens.peek().kind() == Tokens.Kind.WORD
                && tokens.is(1, ")")
                && names.aliased(tokens.peek().text()).isEmpty();
        Expression result;
        if (name.equals("count") && node) {
            result = new Count(names.labelOf(tokens.word()));
        } else {
            Function function = Function.valueOf(name.toUpperCase(Locale.ROOT));
            Expression of = expression();
            if (function == Function.SUM || function == Function.AVG) {
                requireNumber(of);
            }
            if (of.aggregates()) {
                throw new WrittenQueryException("a function over groups cannot stand inside another one");
            }
            result = new Aggregate(function, of);
        }
        tokens.need(")");
        return result;
    }

    private static Literal date(String text) {
        try {
            return new Literal(java.time.LocalDate.parse(text, LAST_OF_MONTH));
        } catch (DateTimeParseException e) {
            throw new WrittenQueryException("'" + text + "' is no date of the form YYYY-MM-DD");
        }
    }
}
