package dev.quipu.kg.cypher;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A query as a tree. It can say nothing that writes, calls, or leaves the schema, and every label has one variable; what
 * is run is printed from it.
 *
 * @param matches what to find; the first is never optional
 * @param grouping what to group it by, before anything is returned
 */
record WrittenQuery(List<Match> matches, Optional<Grouping> grouping, Projection projection) {
    WrittenQuery {
        matches = List.copyOf(matches);
    }

    record Match(boolean optional, List<Walk> walks, Optional<Condition> where) {
        public Match {
            walks = List.copyOf(walks);
        }

        Set<String> bound() {
            Set<String> bound = new LinkedHashSet<>();
            walks.forEach(w -> w.labels().forEach(bound::add));
            return bound;
        }
    }

    /**
     * Groups with a measure of each.
     *
     * @param keys the labels whose nodes make the groups
     * @param having what the measure has to fulfil
     */
    record Grouping(List<String> keys, Expression measure, Optional<Condition> having) {
        public Grouping {
            keys = List.copyOf(keys);
        }
    }

    /** @param limit how many rows at most, 0 for as many as there are */
    record Projection(List<Expression> items, Optional<Sort> sort, int limit) {
        public Projection {
            items = List.copyOf(items);
        }

        Stream<Expression> all() {
            return Stream.concat(items.stream(), sort.map(Sort::by).stream());
        }
    }

    record Sort(Expression by, boolean descending) {}

    /** The things of the question that it uses. */
    Set<String> uses() {
        Set<String> names = new LinkedHashSet<>();
        for (Match match : matches) {
            match.walks().forEach(w -> w.bounds().forEach(b -> names.add(b.name())));
            match.where().ifPresent(c -> collect(c, names));
        }
        return names;
    }

    private static void collect(Condition condition, Set<String> names) {
        switch (condition) {
            case Condition.All all -> all.of().forEach(c -> collect(c, names));
            case Condition.Any any -> any.of().forEach(c -> collect(c, names));
            case Condition.Not not -> collect(not.of(), names);
            case Condition.Compare compare -> {
                if (compare.right() instanceof Expression.Linked linked) {
                    names.add(linked.value().name());
                }
            }
            case Condition.Leads leads -> leads.walk().bounds().forEach(b -> names.add(b.name()));
            case Condition.Present p -> {}
        }
    }
}
