package dev.quipu.llama.grammar;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** Strings: of a length, of a format, or that match a pattern. */
final class StringSchema {
    private final RuleBook book;
    private final JsonParts json;

    StringSchema(RuleBook book, JsonParts json) {
        this.book = book;
        this.json = json;
    }

    Part of(ObjectNode schema, String pointer) {
        int least = schema.path("minLength").asInt(0);
        int most = schema.path("maxLength").asInt(Part.Repeat.ENDLESS);
        if (most != Part.Repeat.ENDLESS && least > most) {
            throw GrammarException.at(
                    GrammarError.UNSATISFIABLE, pointer + "/minLength", "minLength is above maxLength");
        }
        if (schema.has("pattern") && schema.has("format")) {
            throw GrammarException.at(
                    GrammarError.UNSUPPORTED, pointer + "/format", "a pattern and a format have to hold at once");
        }
        if (schema.has("pattern")) {
            return matching(schema.get("pattern").asText(), true, least, most, pointer + "/pattern");
        }
        if (schema.has("format")) {
            String place = pointer + "/format";
            return matching(Formats.pattern(schema.get("format").asText(), place), false, least, most, place);
        }
        return json.string(bounded(json.character(), least, most, pointer));
    }

    private Part bounded(Part character, int least, int most, String pointer) {
        if (Math.max(least, most) > RuleBook.LONGEST) {
            throw GrammarException.at(
                    GrammarError.TOO_LARGE, pointer, "lengths are held up to " + RuleBook.LONGEST + " characters");
        }
        return book.repeat(character, least, most);
    }

    private Part matching(String expression, boolean open, int least, int most, String pointer) {
        RuleBook inner = new RuleBook();
        try {
            Part texts = open ? Regex.within(expression, inner) : Regex.whole(expression, inner);
            Part held = new TextLength(inner.rules()).held(texts, least, most, pointer, inner);
            return json.string(adopted(held, inner));
        } catch (GrammarException e) {
            if (e.pointer().isEmpty()) {
                GrammarError code = e.code() instanceof GrammarError known ? known : GrammarError.SYNTAX;
                throw GrammarException.at(code, pointer, e.detail());
            }
            throw e;
        }
    }

    /** The inner rules become ours under new names, encoded as JSON. */
    private Part adopted(Part part, RuleBook inner) {
        Map<String, Part.Rule> names = new java.util.HashMap<>();
        inner.rules().keySet().forEach(name -> names.put(name, book.reserve("text")));
        inner.rules()
                .forEach((name, body) ->
                        book.define(java.util.Objects.requireNonNull(names.get(name)), JsonParts.encoded(body, names)));
        return JsonParts.encoded(part, names);
    }
}
