package dev.quipu.llama.grammar;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Objects: the declared properties in their order, any subset of those that are not required, then additional ones.
 *
 * <p>Two rules a property say what may follow, with and without a member before it, so the grammar grows with the number
 * of properties and not with that of their subsets. An object that has {@code properties} has no others unless {@code
 * additionalProperties} asks for them: a model would ramble.
 */
final class ObjectSchema {
    private final SchemaCompiler compiler;
    private final RuleBook book;
    private final JsonParts json;

    ObjectSchema(SchemaCompiler compiler) {
        this.compiler = compiler;
        this.book = compiler.book();
        this.json = compiler.json();
    }

    private record Member(Part pair, boolean required) {}

    Part of(ObjectNode schema, String pointer) {
        Set<String> required = SchemaMerge.names(schema.path("required"));
        Map<String, JsonNode> declared = new LinkedHashMap<>();
        schema.path("properties").properties().forEach(p -> declared.put(p.getKey(), p.getValue()));
        JsonNode beyond = beyond(schema);
        for (String name : required) {
            declared.putIfAbsent(name, schema.has("additionalProperties") ? beyond : BooleanNode.TRUE);
        }
        List<Member> members = new ArrayList<>();
        declared.forEach((name, property) -> {
            boolean needed = required.contains(name);
            if (needed && property.equals(BooleanNode.FALSE)) {
                throw GrammarException.at(
                        GrammarError.UNSATISFIABLE, pointer, "the property '" + name + "' is required but not allowed");
            }
            if (!property.equals(BooleanNode.FALSE)) {
                Part value = compiler.value(property, pointer + "/properties/" + Keywords.escaped(name));
                members.add(new Member(
                        book.add(name, json.pair(JsonParts.literal(TextNode.valueOf(name)), value)), needed));
            }
        });
        Optional<Part> more = beyond.equals(BooleanNode.FALSE)
                ? Optional.empty()
                : Optional.of(book.add(
                        "pair",
                        json.pair(
                                json.stringExcept(List.copyOf(declared.keySet())),
                                compiler.value(beyond, pointer + "/additionalProperties"))));
        return Part.sequence(Part.text("{"), inside(members, more), Part.text("}"));
    }

    private static JsonNode beyond(ObjectNode schema) {
        JsonNode stated = schema.path("additionalProperties");
        return stated.isMissingNode() ? BooleanNode.valueOf(!schema.has("properties")) : stated;
    }

    /** Built from the last member to the first: what follows each is known by then. */
    private Part inside(List<Member> members, Optional<Part> more) {
        Part next = Part.sequence(json.comma(), more.orElse(Part.NOTHING));
        Part later = more.isPresent() ? Part.sequence(Part.any(next), json.space()) : json.space();
        Part first = more.isPresent() ? json.list(more.get(), 0, Part.Repeat.ENDLESS) : json.space();
        for (int i = members.size() - 1; i >= 0; i--) {
            Member member = members.get(i);
            Part laterRule = later instanceof Part.Rule ? later : book.add("later", later);
            Part asFirst = Part.sequence(json.space(), member.pair(), laterRule);
            Part asLater = Part.sequence(json.comma(), member.pair(), laterRule);
            first = member.required()
                    ? asFirst
                    : Part.choice(asFirst, i == members.size() - 1 ? first : book.add("first", first));
            later = member.required() ? asLater : Part.choice(asLater, laterRule);
        }
        return first;
    }
}
