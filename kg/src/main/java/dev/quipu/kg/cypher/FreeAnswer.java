package dev.quipu.kg.cypher;

import dev.quipu.kg.Row;
import java.util.List;

/** What came of a free question. */
public sealed interface FreeAnswer {
    /** What was written, and what was wrong with it; the last one's problem is empty when it ran. */
    List<Attempt> attempts();

    /**
     * A query that was written.
     *
     * @param written the model's text
     * @param problem why it was not run, empty if it was
     * @param refusedByStore whether it was Neo4j that refused it, which no query of the grammar should come to
     */
    record Attempt(String written, String problem, boolean refusedByStore) {}

    /**
     * Rows.
     *
     * @param columns what their values are; column {@code c1} is the first
     * @param cypher what was run
     * @param own whether they are of the asking customer's own data
     * @param whole whether they are all there are
     */
    record Found(
            List<Column> columns, List<Row> rows, String cypher, boolean own, boolean whole, List<Attempt> attempts)
            implements FreeAnswer {
        public Found {
            columns = List.copyOf(columns);
            rows = List.copyOf(rows);
            attempts = List.copyOf(attempts);
        }
    }

    /**
     * No query that may be run.
     *
     * @param forbidden whether a query was written that this identity may not run, rather than none that can be run
     */
    record Refused(String reason, boolean forbidden, List<Attempt> attempts) implements FreeAnswer {
        public Refused {
            attempts = List.copyOf(attempts);
        }
    }

    /**
     * A column.
     *
     * @param figure {@code count}, {@code sum}, {@code avg}, {@code min}, {@code max}, {@code collect}, {@code
     *     difference}, {@code group} for a figure of a group, or empty for a property itself
     * @param label the label that it is about, empty for none
     * @param property its property, empty for the nodes themselves
     */
    record Column(String figure, String label, String property) {
        static Column of(Expression expression) {
            return switch (expression) {
                case Expression.Field f ->
                    new Column("", f.property().label(), f.property().name());
                case Expression.Count c -> new Column("count", c.label(), "");
                case Expression.Aggregate a -> {
                    Column of = of(a.of());
                    yield new Column(a.function().name().toLowerCase(java.util.Locale.ROOT), of.label(), of.property());
                }
                case Expression.Combined c -> {
                    Column left = of(c.left());
                    boolean difference = c.operator().equals("-");
                    yield new Column(difference ? "difference" : left.figure(), left.label(), left.property());
                }
                case Expression.Measure m -> new Column("group", "", "");
                case Expression.Literal l -> new Column("", "", "");
                case Expression.Linked l -> new Column("", "", "");
            };
        }
    }
}
