package dev.quipu.llama.grammar;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Makes a grammar of a JSON schema. Each schema that is referred to has a rule, so that it may refer to itself. */
final class SchemaCompiler {
    private static final int DEEPEST = 64;

    private final RuleBook book;
    private final JsonParts json;
    private final SchemaVariants variants;
    private final Map<String, Part.Rule> referred = new HashMap<>();
    private int depth;

    SchemaCompiler(JsonNode document, RuleBook book) {
        this.book = book;
        this.json = new JsonParts(book);
        this.variants = new SchemaVariants(document);
    }

    RuleBook book() {
        return book;
    }

    JsonParts json() {
        return json;
    }

    Part value(JsonNode schema, String pointer) {
        if (++depth > DEEPEST) {
            throw GrammarException.at(
                    GrammarError.TOO_LARGE, pointer, "it is nested deeper than " + DEEPEST + " levels");
        }
        Part made = isReference(schema) ? reference(schema.get("$ref").asText(), pointer) : made(schema, pointer);
        depth--;
        return made;
    }

    private static boolean isReference(JsonNode schema) {
        return schema.isObject()
                && schema.has("$ref")
                && schema.properties().stream()
                        .allMatch(e -> e.getKey().equals("$ref") || Keywords.annotates(e.getKey()));
    }

    private Part reference(String reference, String pointer) {
        Part.Rule known = referred.get(reference);
        if (known != null) {
            return known;
        }
        JsonNode target = variants.resolve(reference, pointer);
        Part.Rule rule = book.reserve(reference.substring(reference.lastIndexOf('/') + 1));
        referred.put(reference, rule);
        book.define(rule, value(target, reference.substring(1)));
        return rule;
    }

    private Part made(JsonNode schema, String pointer) {
        List<Part> options = new ArrayList<>();
        for (ObjectNode variant : variants.of(schema, pointer)) {
            variant(variant, pointer).forEach(options::add);
        }
        if (options.isEmpty()) {
            throw GrammarException.at(GrammarError.UNSATISFIABLE, pointer, "no value satisfies it");
        }
        return Part.choice(options);
    }

    private Stream<Part> variant(ObjectNode schema, String pointer) {
        if (schema.has("enum")) {
            return constants(schema, pointer);
        }
        Set<String> types = SchemaTypes.of(schema);
        return types.isEmpty()
                ? Stream.of(json.value())
                : types.stream().flatMap(type -> typed(type, schema, pointer).stream());
    }

    /** Constants that satisfy what is said beside them; the grammar of that decides. */
    private Stream<Part> constants(ObjectNode schema, String pointer) {
        ObjectNode rest = schema.deepCopy();
        rest.remove("enum");
        List<JsonNode> values = new ArrayList<>();
        schema.get("enum").forEach(values::add);
        Set<String> types = SchemaTypes.of(rest);
        rest.remove("type");
        values.removeIf(v -> !types.isEmpty()
                && !types.contains(SchemaTypes.of(v))
                && !(types.contains("number") && v.isNumber())
                && !(types.contains("integer")
                        && v.isNumber()
                        && v.decimalValue().stripTrailingZeros().scale() <= 0));
        if (!rest.isEmpty() && !values.isEmpty()) {
            throw GrammarException.at(
                    GrammarError.UNSUPPORTED,
                    pointer,
                    "constants and " + rest.fieldNames().next() + " have to hold at once");
        }
        return values.stream().map(json::constant);
    }

    private Optional<Part> typed(String type, ObjectNode schema, String pointer) {
        return switch (type) {
            case "string" -> Optional.of(new StringSchema(book, json).of(schema, pointer));
            case "integer" -> number(schema, true, pointer);
            case "number" -> number(schema, false, pointer);
            case "boolean" -> Optional.of(Part.choice(Part.text("true"), Part.text("false")));
            case "null" -> Optional.of(Part.text("null"));
            case "array" -> new ArraySchema(this).of(schema, pointer);
            case "object" -> Optional.of(new ObjectSchema(this).of(schema, pointer));
            default -> throw new IllegalStateException("type " + type);
        };
    }

    private Optional<Part> number(ObjectNode schema, boolean whole, String pointer) {
        Optional<NumberRange.Bound> least = tighter(schema, "minimum", "exclusiveMinimum", 1);
        Optional<NumberRange.Bound> most = tighter(schema, "maximum", "exclusiveMaximum", -1);
        if (least.isEmpty() && most.isEmpty()) {
            return Optional.of(whole ? json.integer() : json.number());
        }
        try {
            return NumberRange.of(least, most, whole);
        } catch (GrammarException e) {
            throw GrammarException.at(
                    e.code() == GrammarError.UNSUPPORTED ? GrammarError.UNSUPPORTED : GrammarError.TOO_LARGE,
                    pointer,
                    e.detail());
        }
    }

    private static Optional<NumberRange.Bound> tighter(
            ObjectNode schema, String inclusive, String exclusive, int sign) {
        Optional<NumberRange.Bound> with = bound(schema, inclusive, false);
        Optional<NumberRange.Bound> without = bound(schema, exclusive, true);
        if (with.isEmpty() || without.isEmpty()) {
            return with.or(() -> without);
        }
        int order = with.get().value().compareTo(without.get().value());
        return (sign > 0 ? order > 0 : order < 0) ? with : without;
    }

    private static Optional<NumberRange.Bound> bound(ObjectNode schema, String keyword, boolean exclusive) {
        return schema.has(keyword)
                ? Optional.of(
                        new NumberRange.Bound(new BigDecimal(schema.get(keyword).asText()), exclusive))
                : Optional.empty();
    }
}
