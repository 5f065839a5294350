package dev.quipu.llama;

import dev.langchain4j.model.chat.request.json.JsonArraySchema;
import dev.langchain4j.model.chat.request.json.JsonBooleanSchema;
import dev.langchain4j.model.chat.request.json.JsonEnumSchema;
import dev.langchain4j.model.chat.request.json.JsonIntegerSchema;
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
        return "root ::= object\n" + COMMON;
    }

    static String of(JsonSchemaElement schema) {
        JsonGrammar grammar = new JsonGrammar();
        String root = grammar.rule(schema, "r", 0);
        StringBuilder text = new StringBuilder("root ::= ").append(root).append('\n');
        grammar.rules.forEach(
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
            case JsonEnumSchema e ->
                e.enumValues().stream()
                        .map(v -> Gbnf.literal("\"" + v.replace("\\", "\\\\").replace("\"", "\\\"") + "\""))
                        .collect(Collectors.joining(" | ", "(", ")"));
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
                    .append(Gbnf.literal("\"" + key.replace("\\", "\\\\").replace("\"", "\\\"") + "\""))
                    .append(" ws \":\" ws ")
                    .append(value)
                    .append(' ');
        }
        return body.append(")? ".repeat(open)).append("ws \"}\"").toString();
    }
}
