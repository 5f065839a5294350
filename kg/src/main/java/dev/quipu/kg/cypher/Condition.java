package dev.quipu.kg.cypher;

import dev.quipu.kg.cypher.Expression.Field;
import java.util.List;
import java.util.stream.Stream;

/** What rows have to fulfil. */
sealed interface Condition {
    /** All of several. */
    record All(List<Condition> of) implements Condition {
        public All {
            of = List.copyOf(of);
        }
    }

    /** One of several. */
    record Any(List<Condition> of) implements Condition {
        public Any {
            of = List.copyOf(of);
        }
    }

    record Not(Condition of) implements Condition {}

    /** @param operator {@code =}, {@code <>}, {@code <}, {@code <=}, {@code >} or {@code >=} */
    record Compare(Expression left, String operator, Expression right) implements Condition {}

    /** Whether a property has a value. */
    record Present(Field field, boolean wanted) implements Condition {}

    /** Whether a walk from a node of the query leads anywhere. */
    record Leads(Walk walk) implements Condition {}

    /** The labels whose nodes it needs. */
    default Stream<String> labels() {
        return switch (this) {
            case All a -> a.of().stream().flatMap(Condition::labels);
            case Any a -> a.of().stream().flatMap(Condition::labels);
            case Not n -> n.of().labels();
            case Compare c -> Stream.concat(c.left().labels(), c.right().labels());
            case Present p -> p.field().labels();
            case Leads l -> Stream.of(l.walk().start());
        };
    }
}
