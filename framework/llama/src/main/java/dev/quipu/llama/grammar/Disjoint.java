package dev.quipu.llama.grammar;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Whether no output of one schema satisfies another: what {@code oneOf} demands of its options.
 *
 * <p>It has to be plain from their types, constants, or required properties; what is not plain counts as overlapping.
 */
final class Disjoint {
    private static final int DEEPEST = 4;

    private final SchemaVariants variants;

    Disjoint(SchemaVariants variants) {
        this.variants = variants;
    }

    void require(List<List<ObjectNode>> options, String pointer) {
        for (int i = 0; i < options.size(); i++) {
            for (int j = 0; j < options.size(); j++) {
                if (i != j && !apart(options.get(i), options.get(j), 0)) {
                    throw GrammarException.at(
                            GrammarError.UNSUPPORTED,
                            pointer,
                            "a value of option " + i + " may satisfy option " + j
                                    + " too; tell them apart by a constant property, or use anyOf");
                }
            }
        }
    }

    private boolean apart(List<ObjectNode> outputs, List<ObjectNode> others, int depth) {
        return outputs.stream().allMatch(a -> others.stream().allMatch(b -> apart(a, b, depth)));
    }

    private boolean apart(ObjectNode output, ObjectNode other, int depth) {
        if (output.has("enum") && other.has("enum")) {
            return noneCommon(output.get("enum"), other.get("enum"));
        }
        Set<String> types = types(output);
        Set<String> otherTypes = types(other);
        if (types.stream().noneMatch(t -> overlaps(t, otherTypes))) {
            return true;
        }
        boolean objects = types.equals(Set.of("object"));
        return (objects && depth < DEEPEST && objectsApart(output, other, depth)) || rangesApart(output, other, types);
    }

    private static boolean noneCommon(JsonNode some, JsonNode others) {
        Set<JsonNode> common = new HashSet<>();
        some.forEach(common::add);
        Set<JsonNode> second = new HashSet<>();
        others.forEach(second::add);
        common.retainAll(second);
        return common.isEmpty();
    }

    private static boolean overlaps(String type, Set<String> others) {
        return others.contains(type)
                || (type.equals("integer") && others.contains("number"))
                || (type.equals("number") && others.contains("integer"));
    }

    /** The types that a value can have, those of its constants where there are such. */
    private static Set<String> types(ObjectNode schema) {
        Set<String> types = new HashSet<>();
        if (schema.has("enum")) {
            for (JsonNode value : schema.get("enum")) {
                types.add(value.isNumber() ? "number" : SchemaTypes.of(value));
            }
            return types;
        }
        types.addAll(schema.has("type") ? SchemaMerge.names(schema.get("type")) : SchemaTypes.ALL);
        return types;
    }

    private static boolean rangesApart(ObjectNode output, ObjectNode other, Set<String> types) {
        boolean numbers = types.stream().allMatch(t -> t.equals("integer") || t.equals("number"));
        return numbers && !output.has("enum") && !other.has("enum") && (below(output, other) || below(other, output));
    }

    private static boolean below(ObjectNode low, ObjectNode high) {
        for (String most : List.of("maximum", "exclusiveMaximum")) {
            for (String least : List.of("minimum", "exclusiveMinimum")) {
                if (low.has(most) && high.has(least)) {
                    int order = low.get(most)
                            .decimalValue()
                            .compareTo(high.get(least).decimalValue());
                    if (order < 0 || (order == 0 && (most.startsWith("ex") || least.startsWith("ex")))) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private boolean objectsApart(ObjectNode output, ObjectNode other, int depth) {
        Set<String> written = SchemaMerge.names(output.path("required"));
        Set<String> demanded = SchemaMerge.names(other.path("required"));
        for (String name : demanded) {
            if (property(output, name, true).equals(BooleanNode.FALSE)) {
                return true;
            }
        }
        for (String name : written) {
            JsonNode mine = property(output, name, true);
            JsonNode others = property(other, name, false);
            if (others.equals(BooleanNode.FALSE)
                    || (!others.isMissingNode()
                            && !mine.isMissingNode()
                            && apart(variants.of(mine, ""), variants.of(others, ""), depth + 1))) {
                return true;
            }
        }
        return false;
    }

    /** The schema of a property; what we write has no other properties unless they are asked for. */
    private static JsonNode property(ObjectNode schema, String name, boolean written) {
        JsonNode known = schema.path("properties").path(name);
        if (!known.isMissingNode()) {
            return known;
        }
        JsonNode beyond = schema.path("additionalProperties");
        if (beyond.isMissingNode() && written && schema.has("properties") && !requires(schema, name)) {
            return BooleanNode.FALSE;
        }
        return beyond.isMissingNode() ? MissingNode.getInstance() : beyond;
    }

    private static boolean requires(ObjectNode schema, String name) {
        return SchemaMerge.names(schema.path("required")).contains(name);
    }
}
