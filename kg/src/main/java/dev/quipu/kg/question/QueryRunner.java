package dev.quipu.kg.question;

import dev.quipu.Fact;
import dev.quipu.Identity;
import dev.quipu.Intent;
import dev.quipu.Question;
import dev.quipu.Retrieval;
import dev.quipu.Source;
import dev.quipu.kg.GraphError;
import dev.quipu.kg.GraphException;
import dev.quipu.kg.GraphStore;
import dev.quipu.kg.Row;
import dev.quipu.kg.question.IntentDefinition.QueryCase;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Runs an intent's query and turns its rows into facts. Parts of the graph in a row become its picture and sources. */
final class QueryRunner {
    private static final Pattern PARAMETER = Pattern.compile("\\$(?:`([^`]+)`|(\\w+))");

    private final GraphStore store;

    QueryRunner(GraphStore store) {
        this.store = store;
    }

    Retrieval run(IntentDefinition definition, Intent intent, Question question, ValueFormat format) {
        if (definition.queries().isEmpty()) {
            return Retrieval.NOTHING;
        }
        Slots slots = new Slots(intent.mentions());
        QueryCase query = definition
                .fitting(slots.filled())
                .orElseThrow(() -> new GraphException(
                        GraphError.INCOMPLETE,
                        "The intent " + intent.name() + " lacks " + intent.missing() + ". Ask the customer for it."));
        Map<String, @Nullable Object> parameters = parameters(query, slots, question);
        if (definition.own() && parameters.get("customer") == null) {
            return new Retrieval(List.of(), dev.quipu.Subgraph.EMPTY, query.cypher());
        }
        List<Row> rows = store.read(query.cypher(), parameters);
        SubgraphCollector graph = new SubgraphCollector();
        List<Fact> facts = new ArrayList<>();
        for (Row row : rows) {
            facts.add(fact(definition, "f" + (facts.size() + 1), row, graph, question, format));
        }
        return new Retrieval(facts, graph.subgraph(), query.cypher().strip());
    }

    /** Every parameter that the query names: one that no slot fills is null, its plural an empty list. */
    private static Map<String, @Nullable Object> parameters(QueryCase query, Slots slots, Question question) {
        Set<String> names = new TreeSet<>();
        Matcher matcher = PARAMETER.matcher(query.cypher());
        while (matcher.find()) {
            String name = matcher.group(1) != null ? matcher.group(1) : matcher.group(2);
            names.add(name.endsWith("s") && !name.equals("status") ? name.substring(0, name.length() - 1) : name);
        }
        Map<String, @Nullable Object> parameters = new LinkedHashMap<>(slots.parameters(names));
        parameters.put("customer", question.identity() instanceof Identity.Customer c ? c.id() : null);
        return parameters;
    }

    private static Fact fact(
            IntentDefinition definition,
            String id,
            Row row,
            SubgraphCollector graph,
            Question question,
            ValueFormat format) {
        Map<String, Object> values = new LinkedHashMap<>();
        Set<Source> sources = new LinkedHashSet<>();
        row.values().forEach((column, value) -> {
            if (!graph.add(value, sources)) {
                values.put(column, value);
            }
        });
        String text = definition
                .fact()
                .map(f -> f.in(question.language()).render(values, format))
                .orElse("");
        return new Fact(id, definition.type(), text, values, List.copyOf(sources));
    }
}
