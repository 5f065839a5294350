package dev.quipu.kg.cypher;

import dev.quipu.kg.cypher.Bindings.LinkedValue;
import dev.quipu.kg.cypher.Expression.Aggregate;
import dev.quipu.kg.cypher.Expression.Combined;
import dev.quipu.kg.cypher.Expression.Count;
import dev.quipu.kg.cypher.Expression.Field;
import dev.quipu.kg.cypher.Expression.Linked;
import dev.quipu.kg.cypher.Expression.Literal;
import dev.quipu.kg.cypher.Expression.Measure;
import dev.quipu.kg.cypher.GraphSchema.Step;
import dev.quipu.kg.cypher.WrittenQuery.Grouping;
import dev.quipu.kg.cypher.WrittenQuery.Match;
import dev.quipu.kg.cypher.WrittenQuery.Projection;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Prints a query as it is run: every node of a private label is the asking customer's, every node is of the asking
 * tenant, every value is a parameter, rows are limited. All text comes from the schema or from here.
 *
 * <p>It also settles what small models leave open, always in the sense in which customers ask: things are counted once
 * whatever led to them, rows are distinct, and a node that is spoken of but not matched is the nearest one.
 */
final class QueryPrinter {
    /** One more than is shown, so that an answer knows whether it is the whole one. */
    static final int ROWS = QueryParser.MOST_ROWS + 1;

    private final GraphSchema schema;
    private final Ownership ownership;
    private final Optional<String> tenant;
    private final Map<String, Object> parameters = new LinkedHashMap<>();
    /** Labels whose nodes are known to be the asking customer's. */
    private final Set<String> owned = new HashSet<>();

    private int inner;

    private QueryPrinter(GraphSchema schema, Ownership ownership, Optional<String> tenant) {
        this.schema = schema;
        this.ownership = ownership;
        this.tenant = tenant;
    }

    /**
     * Prints a query with its values but those of the caller.
     *
     * @param tenant the property that holds the business of a node, where several share the graph
     */
    static PrintedQuery print(WrittenQuery query, GraphSchema schema, Ownership ownership, Optional<String> tenant) {
        QueryPrinter printer = new QueryPrinter(schema, ownership, tenant);
        String cypher = printer.query(query);
        boolean own = cypher.contains("$" + Bindings.CUSTOMER);
        return new PrintedQuery(cypher, printer.parameters, query.projection().items(), own);
    }

    private String query(WrittenQuery query) {
        List<String> clauses = new ArrayList<>();
        Set<String> bound = matches(query, clauses);
        query.grouping().ifPresent(g -> {
            clauses.add(grouping(g));
            bound.clear();
            bound.addAll(g.keys());
            // What is no key is bound anew, and has to be limited anew.
            owned.retainAll(g.keys());
            Set<String> further = new LinkedHashSet<>();
            query.projection().all().flatMap(Expression::labels).forEach(further::add);
            List<Walk> walks = new Joins(schema).walks(bound, further);
            if (!walks.isEmpty()) {
                clauses.add(clause("MATCH ", walks, Optional.empty(), Set.copyOf(g.keys())));
            }
        });
        clauses.add(projection(query.projection()));
        return String.join("\n", clauses);
    }

    /** The matches, with what binds labels that they or the rest need but did not match. Returns what is bound. */
    private Set<String> matches(WrittenQuery query, List<String> clauses) {
        Set<String> bound = new LinkedHashSet<>();
        Set<String> all = new LinkedHashSet<>();
        query.matches().forEach(m -> all.addAll(m.bound()));
        Set<String> needed = new LinkedHashSet<>();
        query.grouping()
                .ifPresentOrElse(
                        g -> {
                            needed.addAll(g.keys());
                            g.measure().labels().forEach(needed::add);
                        },
                        () -> query.projection()
                                .all()
                                .flatMap(Expression::labels)
                                .forEach(needed::add));
        needed.removeAll(all);
        for (Match match : query.matches()) {
            Set<String> before = Set.copyOf(bound);
            bound.addAll(match.bound());
            List<Walk> walks = new ArrayList<>(match.walks());
            Set<String> wanted = new LinkedHashSet<>();
            match.where().ifPresent(c -> c.labels().forEach(wanted::add));
            if (before.isEmpty()) {
                wanted.addAll(needed);
            }
            walks.addAll(new Joins(schema).walks(bound, wanted));
            if (before.isEmpty()) {
                ownership.anchor(bound).ifPresent(path -> {
                    clauses.add("MATCH " + ownership.pattern(path, l -> "(" + variable(l) + ":" + l + ")"));
                    path.forEach(e -> owned.add(e.to()));
                });
            }
            clauses.add(clause(match.optional() ? "OPTIONAL MATCH " : "MATCH ", walks, match.where(), before));
        }
        return bound;
    }

    /** @param before the labels whose nodes earlier clauses bound, and limited */
    private String clause(String verb, List<Walk> walks, Optional<Condition> where, Set<String> before) {
        Set<String> labels = new LinkedHashSet<>();
        List<String> conditions = new ArrayList<>();
        for (Walk walk : walks) {
            walk.labels().forEach(labels::add);
            walk.bounds().forEach(b -> conditions.add(bound(variable(b.place().label()), b)));
        }
        labels.removeAll(before);
        ownership.spread(walks, owned);
        for (String label : labels) {
            limits(variable(label), label, owned.contains(label), conditions);
            owned.add(label);
        }
        where.ifPresent(c -> conditions.add(condition(c)));
        String patterns = walks.stream().map(this::pattern).collect(Collectors.joining(", "));
        return verb + patterns + (conditions.isEmpty() ? "" : "\nWHERE " + String.join(" AND ", conditions));
    }

    private void limits(String variable, String label, boolean isOwned, List<String> conditions) {
        if (!isOwned) {
            ownership.condition(variable, label).ifPresent(conditions::add);
        }
        tenant.ifPresent(property -> conditions.add(variable + "." + property + " = $" + Bindings.TENANT));
    }

    private String pattern(Walk walk) {
        StringBuilder pattern = new StringBuilder(node(walk.start()));
        walk.steps().forEach(s -> pattern.append(s.arrow()).append(node(s.to())));
        return pattern.toString();
    }

    private String node(String label) {
        return ownership.node(variable(label), label);
    }

    private String variable(String label) {
        return schema.label(label).variable();
    }

    private String bound(String variable, LinkedValue value) {
        parameters.put(value.name(), value.value());
        return variable + "." + value.place().property() + " = $" + value.name();
    }

    private String grouping(Grouping grouping) {
        String keys = grouping.keys().stream().map(this::variable).distinct().collect(Collectors.joining(", "));
        return "WITH " + keys + ", " + expression(grouping.measure()) + " AS " + Names.MEASURE
                + grouping.having().map(h -> "\nWHERE " + condition(h)).orElse("");
    }

    private String projection(Projection projection) {
        boolean groups = projection.all().anyMatch(Expression::aggregates);
        List<String> columns = new ArrayList<>();
        List<String> returned = new ArrayList<>();
        for (Expression item : projection.items()) {
            String name = "c" + (returned.size() + 1);
            columns.add(expression(item) + " AS " + name);
            returned.add(name);
        }
        List<String> order = new ArrayList<>();
        projection.sort().ifPresent(sort -> {
            int place = projection.items().indexOf(sort.by());
            String key = place >= 0 ? returned.get(place) : "s";
            if (place < 0) {
                columns.add(expression(sort.by()) + " AS s");
            }
            order.add(key + " IS NULL");
            order.add(key + (sort.descending() ? " DESC" : ""));
        });
        order.addAll(returned);
        int limit = projection.limit() == 0 || projection.limit() == QueryParser.MOST_ROWS ? ROWS : projection.limit();
        return "WITH " + (groups ? "" : "DISTINCT ") + String.join(", ", columns) + "\nORDER BY "
                + String.join(", ", order) + " LIMIT " + limit + "\nRETURN " + String.join(", ", returned);
    }

    private String condition(Condition condition) {
        return switch (condition) {
            case Condition.All all -> joined(all.of(), " AND ");
            case Condition.Any any -> joined(any.of(), " OR ");
            case Condition.Not not -> "NOT " + condition(not.of());
            case Condition.Compare c ->
                "(" + expression(c.left()) + " " + c.operator() + " " + expression(c.right()) + ")";
            case Condition.Present p -> "(" + expression(p.field()) + (p.wanted() ? " IS NOT NULL)" : " IS NULL)");
            case Condition.Leads leads -> leads(leads.walk());
        };
    }

    private String joined(List<Condition> conditions, String operator) {
        return "(" + conditions.stream().map(this::condition).collect(Collectors.joining(operator)) + ")";
    }

    /** Its nodes have variables of their own: they are others than those of the query around it. */
    private String leads(Walk walk) {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put(walk.start(), variable(walk.start()));
        StringBuilder pattern = new StringBuilder("(" + variable(walk.start()) + ")");
        List<String> conditions = new ArrayList<>();
        for (Step step : walk.steps()) {
            String known = variables.get(step.to());
            String variable = known == null ? "x" + ++inner : known;
            variables.put(step.to(), variable);
            pattern.append(step.arrow()).append(ownership.node(variable, step.to()));
            if (known == null) {
                limits(variable, step.to(), false, conditions);
            }
        }
        walk.bounds()
                .forEach(b -> conditions.add(bound(
                        variables.getOrDefault(
                                b.place().label(), variable(b.place().label())),
                        b)));
        return "EXISTS { " + pattern + (conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions))
                + " }";
    }

    private String expression(Expression expression) {
        return switch (expression) {
            case Field f ->
                variable(f.property().label()) + "." + f.property().name()
                        + f.part().map(p -> "." + p).orElse("");
            case Count c -> "count(DISTINCT " + variable(c.label()) + ")";
            case Aggregate a -> aggregate(a);
            case Combined c -> "(" + expression(c.left()) + " " + c.operator() + " " + expression(c.right()) + ")";
            case Measure m -> Names.MEASURE;
            case Literal l -> {
                String name = "literal" + (parameters.size() + 1);
                parameters.put(name, l.value());
                yield "$" + name;
            }
            case Linked l -> {
                parameters.put(l.value().name(), l.value().value());
                yield "$" + l.value().name();
            }
        };
    }

    private String aggregate(Aggregate aggregate) {
        String of = expression(aggregate.of());
        return switch (aggregate.function()) {
            case COUNT -> "count(" + (aggregate.of() instanceof Measure ? "" : "DISTINCT ") + of + ")";
            case COLLECT -> "collect(DISTINCT " + of + ")";
            case SUM -> "round(sum(" + of + "), 2)";
            case AVG -> "round(avg(" + of + "), 2)";
            case MIN -> "min(" + of + ")";
            case MAX -> "max(" + of + ")";
        };
    }
}
