package dev.quipu.llama.grammar;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** Joins two schemas, free of {@code $ref} and combinations, into one that both hold by. */
final class SchemaMerge {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final String pointer;

    SchemaMerge(String pointer) {
        this.pointer = pointer;
    }

    /** Nothing where no value satisfies both. */
    Optional<ObjectNode> of(ObjectNode a, ObjectNode b) {
        ObjectNode joined = a.deepCopy();
        for (var entry : b.properties()) {
            String keyword = entry.getKey();
            JsonNode mine = joined.get(keyword);
            if (mine == null) {
                joined.set(keyword, entry.getValue());
            } else if (!mine.equals(entry.getValue())) {
                Optional<JsonNode> both = both(keyword, mine, entry.getValue());
                if (both.isEmpty()) {
                    return Optional.empty();
                }
                joined.set(keyword, both.get());
            }
        }
        properties(a, b, joined);
        return Optional.of(joined);
    }

    private Optional<JsonNode> both(String keyword, JsonNode a, JsonNode b) {
        return switch (keyword) {
            case "type" -> types(a, b);
            case "enum" -> common(a, b);
            case "required" -> Optional.of(union(a, b));
            // These are joined together, below.
            case "properties", "additionalProperties" -> Optional.of(a);
            case "items" -> Optional.of(allOf(a, b));
            case "minItems", "minLength", "minimum", "exclusiveMinimum" ->
                Optional.of(a.decimalValue().compareTo(b.decimalValue()) >= 0 ? a : b);
            case "maxItems", "maxLength", "maximum", "exclusiveMaximum" ->
                Optional.of(a.decimalValue().compareTo(b.decimalValue()) <= 0 ? a : b);
            default ->
                throw GrammarException.at(
                        GrammarError.UNSUPPORTED, pointer, "two different '" + keyword + "' have to hold at once");
        };
    }

    private static Optional<JsonNode> types(JsonNode a, JsonNode b) {
        Set<String> mine = names(a);
        Set<String> others = names(b);
        ArrayNode common = NODES.arrayNode();
        for (String type : mine) {
            if (others.contains(type) || (type.equals("integer") && others.contains("number"))) {
                common.add(type);
            } else if (type.equals("number") && others.contains("integer")) {
                common.add("integer");
            }
        }
        return common.isEmpty() ? Optional.empty() : Optional.of(common);
    }

    static Set<String> names(JsonNode oneOrMore) {
        Set<String> names = new LinkedHashSet<>();
        if (oneOrMore.isTextual()) {
            names.add(oneOrMore.asText());
        }
        oneOrMore.forEach(one -> names.add(one.asText()));
        return names;
    }

    private static Optional<JsonNode> common(JsonNode a, JsonNode b) {
        ArrayNode common = NODES.arrayNode();
        for (JsonNode one : a) {
            for (JsonNode other : b) {
                if (one.equals(other)) {
                    common.add(one);
                }
            }
        }
        return common.isEmpty() ? Optional.empty() : Optional.of(common);
    }

    private static JsonNode union(JsonNode a, JsonNode b) {
        ArrayNode union = NODES.arrayNode();
        Set<String> all = names(a);
        all.addAll(names(b));
        all.forEach(union::add);
        return union;
    }

    private static JsonNode allOf(JsonNode a, JsonNode b) {
        if (a.equals(b) || b.equals(BooleanNode.TRUE)) {
            return a;
        }
        if (a.equals(BooleanNode.TRUE)) {
            return b;
        }
        if (a.equals(BooleanNode.FALSE) || b.equals(BooleanNode.FALSE)) {
            return BooleanNode.FALSE;
        }
        return NODES.objectNode().set("allOf", NODES.arrayNode().add(a).add(b));
    }

    /** A property that only one of them names is, for the other, an additional one. */
    private static void properties(ObjectNode a, ObjectNode b, ObjectNode joined) {
        JsonNode mine = a.path("properties");
        JsonNode others = b.path("properties");
        JsonNode mineBeyond = a.path("additionalProperties");
        JsonNode othersBeyond = b.path("additionalProperties");
        ObjectNode properties = NODES.objectNode();
        for (var property : mine.properties()) {
            JsonNode other = others.has(property.getKey()) ? others.get(property.getKey()) : othersBeyond;
            properties.set(
                    property.getKey(), other.isMissingNode() ? property.getValue() : allOf(property.getValue(), other));
        }
        for (var property : others.properties()) {
            if (!mine.has(property.getKey())) {
                properties.set(
                        property.getKey(),
                        mineBeyond.isMissingNode() ? property.getValue() : allOf(property.getValue(), mineBeyond));
            }
        }
        if (!properties.isEmpty()) {
            joined.set("properties", properties);
        }
        if (!mineBeyond.isMissingNode() && !othersBeyond.isMissingNode()) {
            joined.set("additionalProperties", allOf(mineBeyond, othersBeyond));
        }
    }
}
