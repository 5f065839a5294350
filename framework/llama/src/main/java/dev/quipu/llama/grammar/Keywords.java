package dev.quipu.llama.grammar;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** The keywords of JSON Schema: which are held, which say nothing about the output, and which would be ignored. */
final class Keywords {
    /** They describe, and restrict nothing. */
    private static final Set<String> ANNOTATIONS = Set.of(
            "$schema",
            "$comment",
            "$defs",
            "definitions",
            "title",
            "description",
            "default",
            "example",
            "examples",
            "deprecated",
            "readOnly",
            "writeOnly",
            "contentEncoding",
            "contentMediaType",
            "contentSchema");

    private static final Set<String> TYPES =
            Set.of("string", "integer", "number", "boolean", "null", "array", "object");

    private static final Map<String, Predicate<JsonNode>> FORMS = Map.ofEntries(
            Map.entry("type", n -> type(n) || (n.isArray() && !n.isEmpty() && all(n, Keywords::type))),
            Map.entry("enum", n -> n.isArray() && !n.isEmpty()),
            Map.entry("const", n -> true),
            Map.entry("properties", n -> n.isObject() && all(n, Keywords::schema)),
            Map.entry("required", n -> n.isArray() && all(n, JsonNode::isTextual)),
            Map.entry("additionalProperties", Keywords::schema),
            Map.entry("items", Keywords::schema),
            Map.entry("prefixItems", Keywords::schemas),
            Map.entry("minItems", Keywords::count),
            Map.entry("maxItems", Keywords::count),
            Map.entry("minLength", Keywords::count),
            Map.entry("maxLength", Keywords::count),
            Map.entry("pattern", JsonNode::isTextual),
            Map.entry("format", JsonNode::isTextual),
            Map.entry("minimum", JsonNode::isNumber),
            Map.entry("maximum", JsonNode::isNumber),
            Map.entry("exclusiveMinimum", JsonNode::isNumber),
            Map.entry("exclusiveMaximum", JsonNode::isNumber),
            Map.entry("$ref", JsonNode::isTextual),
            Map.entry("allOf", Keywords::schemas),
            Map.entry("anyOf", Keywords::schemas),
            Map.entry("oneOf", Keywords::schemas),
            Map.entry("uniqueItems", JsonNode::isBoolean));

    private Keywords() {}

    private static boolean schema(JsonNode node) {
        return node.isObject() || node.isBoolean();
    }

    private static boolean schemas(JsonNode node) {
        return node.isArray() && !node.isEmpty() && all(node, Keywords::schema);
    }

    private static boolean type(JsonNode node) {
        return node.isTextual() && TYPES.contains(node.asText());
    }

    private static boolean count(JsonNode node) {
        return node.isNumber() && node.canConvertToExactIntegral() && node.canConvertToInt() && node.intValue() >= 0;
    }

    private static boolean all(JsonNode array, Predicate<JsonNode> wanted) {
        for (JsonNode one : array) {
            if (!wanted.test(one)) {
                return false;
            }
        }
        return true;
    }

    static boolean annotates(String keyword) {
        return ANNOTATIONS.contains(keyword) || keyword.startsWith("x-");
    }

    /** @throws GrammarException for a keyword that is not held, or not written as JSON Schema has it */
    static void check(ObjectNode schema, String pointer) {
        schema.properties().forEach(entry -> {
            String keyword = entry.getKey();
            String place = pointer + "/" + escaped(keyword);
            if (annotates(keyword) || (keyword.equals("$id") && pointer.isEmpty())) {
                return;
            }
            Predicate<JsonNode> form = FORMS.get(keyword);
            if (form == null
                    || (keyword.equals("uniqueItems") && entry.getValue().asBoolean())) {
                throw GrammarException.at(
                        GrammarError.UNSUPPORTED, place, "the keyword '" + keyword + "' is not supported");
            }
            if (!form.test(entry.getValue())) {
                throw GrammarException.at(
                        GrammarError.SYNTAX, place, "the keyword '" + keyword + "' does not have a valid value");
            }
        });
    }

    /** A name as a part of a JSON pointer. */
    static String escaped(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }
}
