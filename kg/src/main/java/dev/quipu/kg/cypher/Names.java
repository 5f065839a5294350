package dev.quipu.kg.cypher;

import dev.quipu.kg.cypher.Bindings.LinkedValue;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What the names in a query stand for: labels by their variables, the measure, and what it calls by an alias. */
final class Names {
    /** The measure's name in the grammar. */
    static final String MEASURE = "n";

    private final GraphSchema schema;
    private final Bindings bindings;
    private final Map<String, String> variables = new HashMap<>();
    private final Map<String, Expression> aliases = new HashMap<>();

    Names(GraphSchema schema, Bindings bindings) {
        this.schema = schema;
        this.bindings = bindings;
    }

    GraphSchema schema() {
        return schema;
    }

    Bindings bindings() {
        return bindings;
    }

    /** The label of a variable that a pattern declares. One label is one node, whatever it is called. */
    String declare(String variable, String label) {
        schema.label(label);
        String known = variables.putIfAbsent(variable, label);
        if (known != null && !known.equals(label)) {
            throw new WrittenQueryException("'" + variable + "' is a " + known + " already");
        }
        return label;
    }

    String labelOf(String variable) {
        String declared = variables.get(variable);
        return declared != null
                ? declared
                : schema.byVariable(variable)
                        .map(GraphSchema.Label::name)
                        .orElseThrow(() -> new WrittenQueryException("nothing is called '" + variable + "'"));
    }

    void nameMeasure(String name) {
        aliases.put(name, new Expression.Measure());
    }

    void alias(String name, Expression expression) {
        aliases.put(name, expression);
    }

    Optional<Expression> aliased(String name) {
        return Optional.ofNullable(aliases.get(name));
    }

    LinkedValue parameter(String name) {
        return bindings.value(name)
                .orElseThrow(() -> new WrittenQueryException("there is no parameter $" + name + "; there are "
                        + bindings.values().stream().map(v -> "$" + v.name()).toList()));
    }
}
