package dev.quipu.llama.grammar;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The types that a schema allows. */
final class SchemaTypes {
    static final List<String> ALL = List.of("string", "number", "object", "array", "boolean", "null");

    private static final Map<String, List<String>> KEYWORDS = Map.of(
            "object", List.of("properties", "required", "additionalProperties"),
            "array", List.of("items", "prefixItems", "minItems", "maxItems"),
            "string", List.of("minLength", "maxLength", "pattern", "format"),
            "number", List.of("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"));

    private SchemaTypes() {}

    /**
     * The stated types, or those that its keywords speak of: who restricts objects means an object. Empty where it says
     * nothing at all.
     */
    static Set<String> of(ObjectNode schema) {
        if (schema.has("type")) {
            Set<String> types = SchemaMerge.names(schema.get("type"));
            if (types.contains("number")) {
                types.remove("integer");
            }
            return types;
        }
        Set<String> types = new LinkedHashSet<>();
        ALL.forEach(type -> {
            if (KEYWORDS.getOrDefault(type, List.of()).stream().anyMatch(schema::has)) {
                types.add(type);
            }
        });
        return types;
    }

    static String of(JsonNode value) {
        return switch (value.getNodeType()) {
            case STRING -> "string";
            case NUMBER -> value.isIntegralNumber() ? "integer" : "number";
            case BOOLEAN -> "boolean";
            case NULL -> "null";
            case ARRAY -> "array";
            default -> "object";
        };
    }
}
