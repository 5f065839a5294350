package dev.quipu.kg.cypher;

import dev.quipu.kg.cypher.GraphSchema.Property;
import java.util.Optional;
import java.util.stream.Stream;

/** What a query returns, sorts by or compares. */
sealed interface Expression {
    /** The functions over groups of rows. */
    enum Function {
        COUNT,
        SUM,
        AVG,
        MIN,
        MAX,
        COLLECT
    }

    /** A property, or a part of a date: {@code year}, {@code month}, {@code day}. */
    record Field(Property property, Optional<String> part) implements Expression {}

    /** How many different nodes of a label there are. */
    record Count(String label) implements Expression {}

    /** A function over an expression that is none itself, or over the measure of groups. */
    record Aggregate(Function function, Expression of) implements Expression {}

    /** Two expressions joined by {@code +}, {@code -}, {@code *} or {@code /}. */
    record Combined(Expression left, String operator, Expression right) implements Expression {}

    /** The measure of the query's groups, {@code n}. */
    record Measure() implements Expression {}

    /** A value that stands in the query: a text, a number, a truth value or a date. */
    record Literal(Object value) implements Expression {}

    /** A thing of the question. */
    record Linked(Bindings.LinkedValue value) implements Expression {}

    default boolean aggregates() {
        return switch (this) {
            case Count c -> true;
            case Aggregate a -> true;
            case Combined c -> c.left().aggregates() || c.right().aggregates();
            case Field f -> false;
            case Measure m -> false;
            case Literal l -> false;
            case Linked l -> false;
        };
    }

    /** The labels whose nodes it needs. */
    default Stream<String> labels() {
        return switch (this) {
            case Field f -> Stream.of(f.property().label());
            case Count c -> Stream.of(c.label());
            case Aggregate a -> a.of().labels();
            case Combined c -> Stream.concat(c.left().labels(), c.right().labels());
            case Measure m -> Stream.empty();
            case Literal l -> Stream.empty();
            case Linked l -> Stream.empty();
        };
    }
}
