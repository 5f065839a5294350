package dev.quipu.kg.cypher;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.quipu.kg.cypher.GraphSchema.Label;
import dev.quipu.kg.cypher.GraphSchema.Property;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a model is told before it writes a query: the schema, how to write, the suite's examples, the question. All but the
 * question is the same every time, so that an engine keeps it.
 */
final class QueryPrompt {
    private final String system;
    private final List<ChatMessage> examples = new ArrayList<>();

    QueryPrompt(GraphSchema schema, List<Exposure.Example> shown) {
        system = """
            Write one Cypher query that answers the customer's question from this graph.

            Nodes:
            %s

            Relationships:
            %s

            How to write it, in one line:
            MATCH pattern [WHERE ...] [OPTIONAL MATCH pattern] [WITH variable, count(...) AS n [WHERE n > 1]] RETURN ... [ORDER BY ... DESC] LIMIT ...
            - Use each given $parameter, in the node that it belongs to.
            - count(x) counts nodes. "how many", "most" and "more than 2" need count; "total" needs sum, "average" avg.
            - A condition on a count needs WITH variable, count(x) AS n WHERE n > 2.
            - "without" or "never": WHERE NOT (a)-[:TYPE]->(:Label).
            - Return only what is asked. LIMIT 1 for the most or least of something, else LIMIT 50.
            """.formatted(
                        schema.labels().values().stream().map(QueryPrompt::node).collect(Collectors.joining("\n")),
                        schema.edges().stream()
                                .map(e -> "(" + schema.label(e.from()).variable() + ")-[:" + e.type() + "]->("
                                        + schema.label(e.to()).variable() + ")")
                                .collect(Collectors.joining("\n")));
        for (Exposure.Example example : shown) {
            examples.add(UserMessage.from(asked(example.ask(), example.values())));
            examples.add(AiMessage.from(example.cypher()));
        }
    }

    private static String node(Label label) {
        String properties =
                label.properties().values().stream().map(QueryPrompt::property).collect(Collectors.joining(", "));
        return "(" + label.variable() + ":" + label.name() + ") {" + properties + "}"
                + (label.about().isEmpty() ? "" : " " + label.about());
    }

    private static String property(Property property) {
        String values = property.values().stream().map(v -> "'" + v + "'").collect(Collectors.joining(" | "));
        return property.name() + ": "
                + (values.isEmpty() ? property.type().name().toLowerCase(Locale.ROOT) : values);
    }

    /** @param values what was linked: the parameter's name without its sign, and how the graph calls the thing */
    private static String asked(String question, Map<String, String> values) {
        String given = values.entrySet().stream()
                .map(v -> "$" + v.getKey() + " = " + v.getValue())
                .collect(Collectors.joining(", "));
        return question + (given.isEmpty() ? "" : "\nGiven: " + given);
    }

    List<ChatMessage> messages(String question, Bindings bindings) {
        Map<String, String> values = bindings.values().stream()
                .collect(Collectors.toMap(
                        Bindings.LinkedValue::name,
                        v -> v.place().label() + " " + v.shown().replaceAll("[\\n\\r]", " "),
                        (a, b) -> a,
                        java.util.LinkedHashMap::new));
        List<ChatMessage> messages = new ArrayList<>();
        messages.add(SystemMessage.from(system));
        messages.addAll(examples);
        messages.add(UserMessage.from(asked(question, values)));
        return messages;
    }

    static List<ChatMessage> again(List<ChatMessage> before, String written, String problem) {
        List<ChatMessage> messages = new ArrayList<>(before);
        messages.add(AiMessage.from(written));
        messages.add(UserMessage.from("That does not work: " + problem + ". Write the query again, corrected."));
        return messages;
    }
}
