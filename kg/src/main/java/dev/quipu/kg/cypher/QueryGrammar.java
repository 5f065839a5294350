package dev.quipu.kg.cypher;

import static dev.quipu.kg.cypher.Gbnf.choice;
import static dev.quipu.kg.cypher.Gbnf.optional;
import static dev.quipu.kg.cypher.Gbnf.seq;
import static dev.quipu.kg.cypher.Gbnf.text;
import static dev.quipu.kg.cypher.Gbnf.texts;

import dev.quipu.kg.cypher.Gbnf.Part;
import dev.quipu.kg.cypher.Gbnf.Rule;
import dev.quipu.kg.cypher.GraphSchema.Label;
import dev.quipu.kg.cypher.GraphSchema.Property;
import dev.quipu.kg.cypher.GraphSchema.Step;
import dev.quipu.kg.cypher.GraphSchema.ValueType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The grammar of the queries that may be written for one question: only the schema's labels, properties and legal
 * patterns, operators that fit the types, the question's own things as parameters and its own numbers, and always a
 * LIMIT. No clause that writes, no procedure and no subquery is among its rules.
 *
 * <p>A pattern's rules say where it stands and how it came there, so that it cannot leave the schema, and how far it may
 * still go, so that it comes to an end.
 */
final class QueryGrammar {
    private static final int LONGEST_WALK = 5;
    private static final int LONGEST_FURTHER_WALK = 2;
    private static final int LONGEST_CONDITION = 3;
    private static final int MOST_ITEMS = 3;

    private final GraphSchema schema;
    private final Bindings bindings;
    private final Map<String, Part> rules = new LinkedHashMap<>();
    private final Map<String, String> walks = new LinkedHashMap<>();

    private QueryGrammar(GraphSchema schema, Bindings bindings) {
        this.schema = schema;
        this.bindings = bindings;
    }

    static Gbnf of(GraphSchema schema, Bindings bindings) {
        QueryGrammar grammar = new QueryGrammar(schema, bindings);
        grammar.build();
        return new Gbnf(grammar.rules);
    }

    private void build() {
        rules.put("root", new Rule("query"));
        rules.put(
                "query",
                seq(
                        text("MATCH "),
                        rule("walk"),
                        optional(seq(", ", rule("further"))),
                        optional(seq(" WHERE ", rule("condition"))),
                        optional(seq(
                                text(" OPTIONAL MATCH "),
                                rule("further"),
                                optional(seq(" WHERE ", rule("condition"))))),
                        choice(List.of(rule("plain"), rule("grouped"))),
                        seq(" LIMIT ", rule("limit"))));
        rules.put("plain", returning(rule("item")));
        rules.put(
                "grouped",
                seq(
                        text(" WITH "),
                        rule("variable"),
                        optional(seq(", ", rule("variable"))),
                        text(", "),
                        rule("amount"),
                        text(" AS n"),
                        optional(seq(text(" WHERE n"), rule("operator"), rule("number"))),
                        returning(choice(List.of(
                                rule("item"), texts("n", "avg(n)", "sum(n)", "max(n)", "min(n)", "count(n)"))))));
        rules.put("walk", walks(LONGEST_WALK));
        rules.put("further", walks(LONGEST_FURTHER_WALK));
        rules.put(
                "condition",
                seq(rule("test"), new Gbnf.Repeat(seq(texts(" AND ", " OR "), rule("test")), LONGEST_CONDITION - 1)));
        rules.put("test", choice(tests()));
        rules.put("variable", texts(labels().map(Label::variable).toArray(String[]::new)));
        rules.put("item", choice(List.of(rule("property"), rule("figure"))));
        rules.put("property", texts(properties().map(QueryGrammar::name).toArray(String[]::new)));
        List<Part> amounts = amounts();
        rules.put("amount", choice(amounts));
        rules.put("figure", choice(Stream.concat(amounts.stream(), days()).toList()));
        rules.put("operator", texts(" = ", " <> ", " < ", " <= ", " > ", " >= "));
        rules.put("same", texts(" = ", " <> "));
        rules.put("number", texts(bindings.numbers().toArray(String[]::new)));
        rules.put("limit", texts(limits()));
        if (properties().anyMatch(p -> p.type() == ValueType.DATE)) {
            rules.put("date", date());
        }
    }

    private Part walks(int longest) {
        return choice(schema.labels().keySet().stream()
                .map(l -> seq(node(l), walk(l, Optional.empty(), longest)))
                .toList());
    }

    private static Part returning(Part item) {
        return seq(
                text(" RETURN "),
                item,
                new Gbnf.Repeat(seq(", ", item), MOST_ITEMS - 1),
                optional(seq(text(" ORDER BY "), item, optional(text(" DESC")))));
    }

    private static Part rule(String name) {
        return new Rule(name);
    }

    private Stream<Label> labels() {
        return schema.labels().values().stream();
    }

    private Stream<Property> properties() {
        return labels().flatMap(l -> l.properties().values().stream());
    }

    private static String name(Property property) {
        return property.label().substring(0, 1).toLowerCase(java.util.Locale.ROOT)
                + property.label().substring(1) + "." + property.name();
    }

    private String[] limits() {
        TreeSet<String> limits = new TreeSet<>(List.of("1", String.valueOf(QueryParser.MOST_ROWS)));
        bindings.numbers().stream().filter(n -> n.matches("[1-9]|[1-4]\\d")).forEach(limits::add);
        return limits.toArray(String[]::new);
    }

    private Part node(String label) {
        List<String> options = new ArrayList<>();
        String start = "(" + schema.label(label).variable() + ":" + label;
        options.add(start + ")");
        bound(label).forEach(b -> options.add(start + b + ")"));
        return texts(options.toArray(String[]::new));
    }

    private Stream<String> bound(String label) {
        return bindings.values().stream()
                .filter(v -> v.place().label().equals(label))
                .map(v -> " {" + v.place().property() + ": $" + v.name() + "}");
    }

    /** How a walk goes on from a label: not at all, or by a relationship other than the one that it came by. */
    private Part walk(String label, Optional<Step> arrived, int left) {
        String key = label + arrived + left;
        String known = walks.get(key);
        if (known != null) {
            return rule(known);
        }
        String name = "w" + walks.size();
        walks.put(key, name);
        List<Part> options = new ArrayList<>();
        options.add(text(""));
        for (Step step : left == 0 ? List.<Step>of() : schema.steps(label)) {
            boolean back = arrived.filter(a -> a.edge().equals(step.edge())).isPresent();
            if (!back) {
                options.add(seq(text(step.arrow()), node(step.to()), walk(step.to(), Optional.of(step), left - 1)));
            }
        }
        rules.put(name, choice(options));
        return rule(name);
    }

    private List<Part> tests() {
        List<Part> tests = new ArrayList<>();
        properties().forEach(p -> {
            comparison(p).ifPresent(c -> tests.add(seq(text(name(p)), c)));
            tests.add(text(name(p) + " IS NULL"));
            tests.add(text(name(p) + " IS NOT NULL"));
        });
        labels().forEach(l -> schema.steps(l.name()).forEach(s -> tests.add(leads(l, s))));
        return tests;
    }

    private Optional<Part> comparison(Property property) {
        List<Part> right = new ArrayList<>();
        properties()
                .filter(p -> p.type() == property.type()
                        && p.name().equals(property.name())
                        && !p.label().equals(property.label()))
                .forEach(p -> right.add(text(name(p))));
        return switch (property.type()) {
            case NUMBER -> {
                right.add(rule("number"));
                yield Optional.of(seq(rule("operator"), choice(right)));
            }
            case DATE -> {
                right.add(rule("date"));
                yield Optional.of(choice(List.of(
                        seq(rule("operator"), choice(right)),
                        seq(texts(".year", ".month"), rule("operator"), rule("number")))));
            }
            case BOOLEAN -> Optional.of(texts(" = true", " = false"));
            case TEXT -> {
                property.values().stream()
                        .filter(v -> v.matches("[^'\\\\\\n]+"))
                        .forEach(v -> right.add(text("'" + v + "'")));
                bindings.values().stream()
                        .filter(v -> v.place().label().equals(property.label())
                                && v.place().property().equals(property.name()))
                        .forEach(v -> right.add(text("$" + v.name())));
                yield right.isEmpty() ? Optional.empty() : Optional.of(seq(rule("same"), choice(right)));
            }
        };
    }

    /** "NOT (order)-[:SHIPPED_AS]->(:Shipment)": whether there is something at the other end. */
    private Part leads(Label label, Step step) {
        List<String> ends = new ArrayList<>(List.of("(:" + step.to() + ")"));
        bound(step.to()).forEach(b -> ends.add("(:" + step.to() + b + ")"));
        return seq(
                optional(text("NOT ")),
                text("(" + label.variable() + ")" + step.arrow()),
                texts(ends.toArray(String[]::new)));
    }

    /** The first and the last day. */
    private Stream<Part> days() {
        return properties()
                .filter(p -> p.type() == ValueType.DATE)
                .flatMap(p -> Stream.of(text("min(" + name(p) + ")"), text("max(" + name(p) + ")")));
    }

    /** The figures that are numbers, so that they can be summed and compared with one. */
    private List<Part> amounts() {
        List<Part> figures = new ArrayList<>();
        labels().forEach(l -> figures.add(text("count(" + l.variable() + ")")));
        properties()
                .filter(p -> p.type() != ValueType.BOOLEAN)
                .forEach(p -> figures.add(text("count(DISTINCT " + name(p) + ")")));
        properties().filter(p -> p.type() == ValueType.NUMBER).forEach(p -> {
            figures.add(text("min(" + name(p) + ")"));
            figures.add(text("max(" + name(p) + ")"));
            figures.add(text("sum(" + name(p) + ")"));
            figures.add(text("avg(" + name(p) + ")"));
            figures.add(text("max(" + name(p) + ") - min(" + name(p) + ")"));
            properties()
                    .filter(q -> q.type() == ValueType.NUMBER && q.label().equals(p.label()) && !q.equals(p))
                    .forEach(q -> figures.add(text("sum(" + name(p) + " * " + name(q) + ")")));
        });
        return figures;
    }

    private static Part date() {
        List<Part> days = new ArrayList<>();
        for (int d = 1; d <= 31; d++) {
            days.add(text("%02d".formatted(d)));
        }
        List<Part> months = new ArrayList<>();
        for (int m = 1; m <= 12; m++) {
            months.add(text("%02d".formatted(m)));
        }
        List<Part> digits = new ArrayList<>();
        for (int d = 0; d <= 9; d++) {
            digits.add(text(String.valueOf(d)));
        }
        return seq(
                text("date('20"),
                choice(digits),
                choice(digits),
                text("-"),
                choice(months),
                text("-"),
                choice(days),
                text("')"));
    }
}
