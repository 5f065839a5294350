package dev.quipu.llama.grammar;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Arrays: the items at fixed places, then more of one kind, as many as their bounds allow. */
final class ArraySchema {
    private final SchemaCompiler compiler;
    private final JsonParts json;

    ArraySchema(SchemaCompiler compiler) {
        this.compiler = compiler;
        this.json = compiler.json();
    }

    Optional<Part> of(ObjectNode schema, String pointer) {
        int least = schema.path("minItems").asInt(0);
        int most = schema.path("maxItems").asInt(Integer.MAX_VALUE);
        JsonNode kind = schema.has("items") ? schema.get("items") : BooleanNode.TRUE;
        List<Part> fixed = new ArrayList<>();
        for (JsonNode place : schema.path("prefixItems")) {
            if (fixed.size() < most) {
                fixed.add(compiler.value(place, pointer + "/prefixItems/" + fixed.size()));
            }
        }
        boolean more = !kind.equals(BooleanNode.FALSE) && most > fixed.size();
        if (least > most || (!more && least > fixed.size())) {
            return Optional.empty();
        }
        Part items = fixed.isEmpty()
                ? more ? json.list(item(kind, pointer), least, bound(most)) : json.space()
                : places(fixed, least, more ? tail(kind, pointer, fixed.size(), least, most) : Part.NOTHING);
        return Optional.of(Part.sequence(Part.text("["), items, Part.text("]")));
    }

    private Part item(JsonNode kind, String pointer) {
        Part item = compiler.value(kind, pointer + "/items");
        return item instanceof Part.Rule ? item : compiler.book().add("item", item);
    }

    private static int bound(int most) {
        return most == Integer.MAX_VALUE ? Part.Repeat.ENDLESS : most;
    }

    private Part tail(JsonNode kind, String pointer, int before, int least, int most) {
        Part next = Part.sequence(json.comma(), item(kind, pointer));
        int rest = most == Integer.MAX_VALUE ? Part.Repeat.ENDLESS : most - before;
        return compiler.book().repeat(next, Math.max(0, least - before), rest);
    }

    /** Items can be left out from the end only. */
    private Part places(List<Part> fixed, int least, Part tail) {
        Part rest = tail;
        for (int i = fixed.size() - 1; i >= 1; i--) {
            Part here = Part.sequence(json.comma(), fixed.get(i), rest);
            rest = i >= least ? Part.optional(here) : here;
        }
        Part some = Part.sequence(json.space(), fixed.getFirst(), rest, json.space());
        return least == 0 ? Part.choice(json.space(), some) : some;
    }
}
