package dev.quipu.kg.cypher;

import dev.quipu.kg.cypher.Expression.Aggregate;
import dev.quipu.kg.cypher.WrittenQuery.Grouping;
import dev.quipu.kg.cypher.WrittenQuery.Match;
import dev.quipu.kg.cypher.WrittenQuery.Projection;
import dev.quipu.kg.cypher.WrittenQuery.Sort;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads what a model wrote. It accepts the sentences of {@link QueryGrammar} and, because not every model can be bound to
 * a grammar, what commonly deviates from them without another meaning: line breaks, other variables, aliases, a fence.
 */
final class QueryParser {
    static final int MOST_ROWS = 50;
    private static final int MOST_MATCHES = 4;

    private final Names names;
    private final Tokens tokens;
    private final Patterns patterns;
    private final Expressions expressions;

    private QueryParser(String text, GraphSchema schema, Bindings bindings) {
        names = new Names(schema, bindings);
        tokens = Tokens.of(text);
        patterns = new Patterns(tokens, names);
        expressions = new Expressions(tokens, names, patterns);
    }

    /** @throws WrittenQueryException that says what is wrong */
    static WrittenQuery parse(String text, GraphSchema schema, Bindings bindings) {
        return new QueryParser(unfenced(text), schema, bindings).query();
    }

    private static String unfenced(String text) {
        String bare = text.strip().replaceAll("(?s)^```(?:cypher)?\\s*(.*?)\\s*```.*$", "$1");
        return bare.endsWith(";") ? bare.substring(0, bare.length() - 1) : bare;
    }

    private WrittenQuery query() {
        List<Match> matches = new ArrayList<>();
        Optional<Grouping> grouping = Optional.empty();
        while (tokens.is("MATCH") || tokens.is("OPTIONAL")) {
            if (matches.size() == MOST_MATCHES || grouping.isPresent()) {
                throw new WrittenQueryException("it may match up to " + MOST_MATCHES + " times, all before WITH");
            }
            matches.add(match());
            if (tokens.take("WITH")) {
                grouping = Optional.of(grouping());
            }
        }
        if (matches.isEmpty() || matches.getFirst().optional()) {
            throw new WrittenQueryException("it has to begin with MATCH");
        }
        tokens.need("RETURN");
        WrittenQuery query = new WrittenQuery(matches, grouping, projection());
        if (tokens.peek().kind() != Tokens.Kind.END) {
            throw new WrittenQueryException(
                    "it has to end where '" + tokens.peek().text() + "' is");
        }
        return query;
    }

    private Match match() {
        boolean optional = tokens.take("OPTIONAL");
        tokens.need("MATCH");
        List<Walk> walks = new ArrayList<>();
        do {
            walks.add(patterns.walk());
        } while (tokens.take(","));
        Optional<Condition> where = tokens.take("WHERE") ? Optional.of(expressions.condition()) : Optional.empty();
        return new Match(optional, walks, where);
    }

    private Grouping grouping() {
        List<String> keys = new ArrayList<>();
        while (tokens.peek().kind() == Tokens.Kind.WORD && !tokens.is(1, "(") && !tokens.is(1, ".")) {
            keys.add(names.labelOf(tokens.word()));
            tokens.need(",");
        }
        Expression measure = expressions.expression();
        if (!measure.aggregates() || keys.isEmpty()) {
            throw new WrittenQueryException(
                    "WITH has to name what is grouped by, and a count, sum, avg, min or max AS n");
        }
        Expressions.requireNumber(measure);
        tokens.need("AS");
        names.nameMeasure(tokens.word());
        Optional<Condition> having = tokens.take("WHERE") ? Optional.of(expressions.condition()) : Optional.empty();
        return new Grouping(keys, measure, having);
    }

    private Projection projection() {
        tokens.take("DISTINCT");
        List<Expression> items = new ArrayList<>();
        do {
            Expression item = expressions.expression();
            if (tokens.take("AS")) {
                names.alias(tokens.word(), item);
            }
            items.add(item);
        } while (tokens.take(","));
        Optional<Sort> sort = Optional.empty();
        if (tokens.take("ORDER")) {
            tokens.need("BY");
            Expression by = expressions.expression();
            boolean descending = tokens.take("DESC");
            if (!descending) {
                tokens.take("ASC");
            }
            sort = Optional.of(new Sort(by, descending));
        }
        int limit = 0;
        if (tokens.take("LIMIT")) {
            limit = limit();
        }
        Projection projection = new Projection(items, sort, limit);
        requireGroups(projection);
        return projection;
    }

    private int limit() {
        Tokens.Token number = tokens.next();
        if (number.kind() != Tokens.Kind.NUMBER || !number.text().matches("[1-9]\\d{0,8}")) {
            throw new WrittenQueryException("LIMIT needs a whole number above zero");
        }
        return Math.min(MOST_ROWS, Integer.parseInt(number.text()));
    }

    /** An aggregate of an aggregate has no meaning, and neither has a constant. */
    private static void requireGroups(Projection projection) {
        projection.all().forEach(item -> {
            if (item instanceof Aggregate aggregate && aggregate.of().aggregates()) {
                throw new WrittenQueryException("a function over groups cannot stand inside another one");
            }
            if (item instanceof Expression.Literal || item instanceof Expression.Linked) {
                throw new WrittenQueryException("RETURN needs properties, counts or other figures of the graph");
            }
        });
    }
}
