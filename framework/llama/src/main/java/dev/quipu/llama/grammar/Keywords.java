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

    private static final Predicate<JsonNode> SCHEMA = n -> n.isObject() || n.isBoolean();
    private static final Predicate<JsonNode> COUNT =
            n -> n.isNumber() && n.canConvertToExactIntegral() && n.intValue() >= 0 && n.canConvertToInt();
    private static final Predicate<JsonNode> SCHEMAS = n -> n.isArray() && !n.isEmpty() && all(n, SCHEMA);
    private static final Predicate<JsonNode> TYPE = n -> n.isTextual() && TYPES.contains(n.asText());

    private static final Map<String, Predicate<JsonNode>> FORMS = Map.ofEntries(
            Map.entry("type", TYPE.or(n -> n.isArray() && !n.isEmpty() && all(n, TYPE))),
            Map.entry("enum", n -> n.isArray() && !n.isEmpty()),
            Map.entry("const", n -> true),
            Map.entry("properties", n -> n.isObject() && all(n, SCHEMA)),
            Map.entry("required", n -> n.isArray() && all(n, JsonNode::isTextual)),
            Map.entry("additionalProperties", SCHEMA),
            Map.entry("items", SCHEMA),
            Map.entry("prefixItems", SCHEMAS),
            Map.entry("minItems", COUNT),
            Map.entry("maxItems", COUNT),
            Map.entry("minLength", COUNT),
            Map.entry("maxLength", COUNT),
            Map.entry("pattern", JsonNode::isTextual),
            Map.entry("format", JsonNode::isTextual),
            Map.entry("minimum", JsonNode::isNumber),
            Map.entry("maximum", JsonNode::isNumber),
            Map.entry("exclusiveMinimum", JsonNode::isNumber),
            Map.entry("exclusiveMaximum", JsonNode::isNumber),
            Map.entry("$ref", JsonNode::isTextual),
            Map.entry("allOf", SCHEMAS),
            Map.entry("anyOf", SCHEMAS),
            Map.entry("oneOf", SCHEMAS),
            Map.entry("uniqueItems", JsonNode::isBoolean));

    private Keywords() {}

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
