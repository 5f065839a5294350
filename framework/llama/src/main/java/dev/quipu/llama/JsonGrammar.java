package dev.quipu.llama;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.model.chat.request.json.JsonAnyOfSchema;
import dev.langchain4j.model.chat.request.json.JsonArraySchema;
import dev.langchain4j.model.chat.request.json.JsonBooleanSchema;
import dev.langchain4j.model.chat.request.json.JsonEnumSchema;
import dev.langchain4j.model.chat.request.json.JsonIntegerSchema;
import dev.langchain4j.model.chat.request.json.JsonNullSchema;
import dev.langchain4j.model.chat.request.json.JsonNumberSchema;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonSchemaElement;
import dev.langchain4j.model.chat.request.json.JsonStringSchema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A grammar for JSON, in general or of a schema.
 *
 * <p>Objects have exactly their declared properties, in order; those that are not required may be left out from the end.
 * An element of a kind that is not known here is an error: output is never less bound than was asked.
 */
final class JsonGrammar {
    private static final int DEEPEST = 32;
    private static final String COMMON = """
            ws ::= [ \\t\\n]{0,8}
            string ::= "\\"" ([^"\\\\\\x00-\\x1f] | "\\\\" (["\\\\/bfnrt] | "u" [0-9a-fA-F]{4}))* "\\""
            integer ::= "-"? ("0" | [1-9] [0-9]{0,15})
            number ::= integer ("." [0-9]{1,16})? ([eE] [-+]? [0-9]{1,3})?
            boolean ::= "true" | "false"
            value ::= object | array | string | number | boolean | "null"
            object ::= "{" ws (string ws ":" ws value (ws "," ws string ws ":" ws value)*)? ws "}"
            array ::= "[" ws (value (ws "," ws value)*)? ws "]"
            """;

    private final Map<String, String> rules = new LinkedHashMap<>();

    private JsonGrammar() {}

    /** Any JSON object. */
    static String anyObject() {
        return ofAnyObjectOrCall(List.of());
    }

    static String of(JsonSchemaElement schema) {
        return ofSchemaOrCall(schema, List.of());
    }

    /** A call of one of some tools. */
    static String ofCall(List<ToolSpecification> tools) {
        JsonGrammar grammar = new JsonGrammar();
        return grammar.text(grammar.calls(tools));
    }

    static String ofAnyObjectOrCall(List<ToolSpecification> tools) {
        JsonGrammar grammar = new JsonGrammar();
        return grammar.text(tools.isEmpty() ? "object" : "object | " + grammar.calls(tools));
    }

    static String ofSchemaOrCall(JsonSchemaElement schema, List<ToolSpecification> tools) {
        JsonGrammar grammar = new JsonGrammar();
        String root = grammar.rule(schema, "r", 0);
        return grammar.text(tools.isEmpty() ? root : root + " | " + grammar.calls(tools));
    }

    private String calls(List<ToolSpecification> tools) {
        List<String> calls = new ArrayList<>();
        for (int i = 0; i < tools.size(); i++) {
            ToolSpecification tool = tools.get(i);
            String arguments = tool.parameters() == null ? Gbnf.literal("{}") : rule(tool.parameters(), "t" + i, 0);
            calls.add(Gbnf.literal("{\"name\": " + quoted(tool.name()) + ", \"arguments\": ") + " " + arguments + " "
                    + Gbnf.literal("}"));
        }
        return Gbnf.literal(ToolCalls.OPEN + "\n") + " (" + String.join(" | ", calls) + ") "
                + Gbnf.literal("\n" + ToolCalls.CLOSE);
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }

    private String text(String root) {
        StringBuilder text = new StringBuilder("root ::= ").append(root).append('\n');
        rules.forEach(
                (name, body) -> text.append(name).append(" ::= ").append(body).append('\n'));
        return text.append(COMMON).toString();
    }

    private String rule(JsonSchemaElement element, String name, int depth) {
        if (depth > DEEPEST) {
            throw new EngineException(
                    EngineError.GRAMMAR, "The schema is nested deeper than " + DEEPEST + " levels. Flatten it.");
        }
        return switch (element) {
            case JsonStringSchema s -> "string";
            case JsonIntegerSchema i -> "integer";
            case JsonNumberSchema n -> "number";
            case JsonBooleanSchema b -> "boolean";
            case JsonNullSchema n -> "\"null\"";
            case JsonAnyOfSchema any -> {
                List<String> options = new ArrayList<>();
                for (int i = 0; i < any.anyOf().size(); i++) {
                    options.add(rule(any.anyOf().get(i), name + "-" + i, depth + 1));
                }
                yield options.stream().collect(Collectors.joining(" | ", "(", ")"));
            }
            case JsonEnumSchema e ->
                e.enumValues().stream().map(v -> Gbnf.literal(quoted(v))).collect(Collectors.joining(" | ", "(", ")"));
            case JsonArraySchema a -> {
                String item = rule(a.items(), name + "-i", depth + 1);
                rules.put(name, "\"[\" ws (" + item + " (ws \",\" ws " + item + ")*)? ws \"]\"");
                yield name;
            }
            case JsonObjectSchema o -> {
                rules.put(name, object(o, name, depth));
                yield name;
            }
            default ->
                throw new EngineException(
                        EngineError.UNSUPPORTED,
                        "A schema element of type " + element.getClass().getSimpleName() + " is not supported.");
        };
    }

    private String object(JsonObjectSchema object, String name, int depth) {
        if (object.properties().isEmpty()) {
            return "\"{\" ws \"}\"";
        }
        List<String> required = object.required() == null ? List.of() : object.required();
        List<Map.Entry<String, JsonSchemaElement>> ordered =
                new ArrayList<>(object.properties().entrySet());
        // Required ones first: what may be missing is then a tail.
        ordered.sort((a, b) -> Boolean.compare(!required.contains(a.getKey()), !required.contains(b.getKey())));
        StringBuilder body = new StringBuilder("\"{\" ws ");
        int open = 0;
        for (int i = 0; i < ordered.size(); i++) {
            String key = ordered.get(i).getKey();
            String value = rule(ordered.get(i).getValue(), name + "-" + i, depth + 1);
            if (!required.contains(key)) {
                body.append('(');
                open++;
            }
            body.append(i == 0 ? "" : "ws \",\" ws ")
                    .append(Gbnf.literal(quoted(key)))
                    .append(" ws \":\" ws ")
                    .append(value)
                    .append(' ');
        }
        return body.append(")? ".repeat(open)).append("ws \"}\"").toString();
    }
}
