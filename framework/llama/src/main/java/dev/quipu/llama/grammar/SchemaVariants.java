package dev.quipu.llama.grammar;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Takes a schema apart into variants without {@code $ref}, {@code allOf}, {@code anyOf} and {@code oneOf}: a value
 * satisfies the schema if it satisfies one of them.
 */
final class SchemaVariants {
    private static final int MOST = 256;

    private final JsonNode document;
    private final Disjoint disjoint = new Disjoint(this);
    private final Set<String> open = new HashSet<>();

    SchemaVariants(JsonNode document) {
        this.document = document;
    }

    List<ObjectNode> of(JsonNode schema, String pointer) {
        if (schema.isBoolean()) {
            return schema.asBoolean() ? List.of(JsonNodeFactory.instance.objectNode()) : List.of();
        }
        if (!(schema instanceof ObjectNode object)) {
            throw GrammarException.at(GrammarError.SYNTAX, pointer, "a schema has to be an object, or true or false");
        }
        Keywords.check(object, pointer);
        List<ObjectNode> variants = List.of(own(object));
        if (object.has("$ref")) {
            variants = cross(variants, referred(object.get("$ref").asText(), pointer), pointer);
        }
        int index = 0;
        for (JsonNode part : object.path("allOf")) {
            variants = cross(variants, of(part, pointer + "/allOf/" + index++), pointer);
        }
        if (object.has("anyOf")) {
            variants = cross(
                    variants,
                    union(object.get("anyOf"), pointer + "/anyOf").stream()
                            .flatMap(List::stream)
                            .toList(),
                    pointer);
        }
        if (object.has("oneOf")) {
            List<ObjectNode> outer = variants;
            List<List<ObjectNode>> options = union(object.get("oneOf"), pointer + "/oneOf").stream()
                    .map(option -> cross(outer, option, pointer))
                    .toList();
            disjoint.require(options, pointer + "/oneOf");
            variants = options.stream().flatMap(List::stream).toList();
        }
        return variants;
    }

    /** What a schema says without referring or combining, {@code const} as an {@code enum} of one. */
    private static ObjectNode own(ObjectNode schema) {
        ObjectNode own = schema.objectNode();
        schema.properties().forEach(entry -> {
            String keyword = entry.getKey();
            boolean combines = Set.of("$ref", "$id", "allOf", "anyOf", "oneOf", "uniqueItems", "const")
                    .contains(keyword);
            if (!combines && !Keywords.annotates(keyword)) {
                own.set(keyword, entry.getValue());
            }
        });
        if (schema.has("const")) {
            boolean listed = !own.has("enum");
            for (JsonNode value : own.path("enum")) {
                listed |= value.equals(schema.get("const"));
            }
            own.putArray("enum");
            if (listed) {
                own.withArray("enum").add(schema.get("const"));
            }
        }
        return own;
    }

    private List<List<ObjectNode>> union(JsonNode options, String pointer) {
        List<List<ObjectNode>> all = new ArrayList<>();
        for (int i = 0; i < options.size(); i++) {
            all.add(of(options.get(i), pointer + "/" + i));
        }
        return all;
    }

    private static List<ObjectNode> cross(List<ObjectNode> some, List<ObjectNode> others, String pointer) {
        if ((long) some.size() * others.size() > MOST) {
            throw GrammarException.at(
                    GrammarError.TOO_LARGE, pointer, "its combinations have more than " + MOST + " variants");
        }
        SchemaMerge merge = new SchemaMerge(pointer);
        List<ObjectNode> joined = new ArrayList<>();
        for (ObjectNode one : some) {
            for (ObjectNode other : others) {
                merge.of(one, other).ifPresent(joined::add);
            }
        }
        return joined;
    }

    private List<ObjectNode> referred(String reference, String pointer) {
        if (!open.add(reference)) {
            throw GrammarException.at(
                    GrammarError.UNSATISFIABLE, pointer + "/$ref", "'" + reference + "' refers to itself");
        }
        List<ObjectNode> variants = of(resolve(reference, pointer), reference.substring(1));
        open.remove(reference);
        return variants;
    }

    /** What a reference within the document points to. */
    JsonNode resolve(String reference, String pointer) {
        if (!reference.startsWith("#")) {
            throw GrammarException.at(
                    GrammarError.UNSUPPORTED,
                    pointer + "/$ref",
                    "'" + reference + "' refers to what is outside of the schema");
        }
        try {
            JsonNode target = document.at(java.net.URLDecoder.decode(
                    reference.substring(1).replace("+", "%2B"), java.nio.charset.StandardCharsets.UTF_8));
            if (target.isMissingNode()) {
                throw GrammarException.at(
                        GrammarError.SYNTAX, pointer + "/$ref", "'" + reference + "' refers to nothing");
            }
            return target;
        } catch (IllegalArgumentException e) {
            throw GrammarException.at(
                    GrammarError.UNSUPPORTED, pointer + "/$ref", "'" + reference + "' is no JSON pointer");
        }
    }
}
