package dev.quipu.llama.grammar;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What an output is bound to: a set of texts.
 *
 * <p>Everything is checked when it is made, and what cannot be held is a {@link GrammarException}: output is never less
 * bound than was asked. Immutable; equal grammars have equal notations.
 */
public final class Grammar {
    private static final String ROOT = "root";

    private final String text;
    private final Map<String, Part> rules;

    private Grammar(String text) {
        this.text = text;
        this.rules = GbnfReader.read(text);
    }

    private static Grammar of(RuleBook book, Part root) {
        Map<String, Part> rules = new LinkedHashMap<>();
        rules.put(ROOT, root);
        rules.putAll(book.rules());
        return new Grammar(GbnfWriter.write(rules));
    }

    /**
     * A grammar in llama.cpp's notation, with the rule {@code root}.
     *
     * @throws GrammarException if it is none, is too large, leaves no text, or could be followed without end
     */
    public static Grammar gbnf(String notation) {
        return new Grammar(notation);
    }

    /**
     * JSON that a schema allows.
     *
     * <p>Held are {@code type} (one or several), {@code enum}, {@code const}, {@code properties}, {@code required},
     * {@code additionalProperties}, {@code items}, {@code prefixItems}, {@code minItems}, {@code maxItems}, {@code
     * pattern}, {@code format}, {@code minLength}, {@code maxLength}, {@code minimum}, {@code maximum}, both {@code
     * exclusive} bounds, {@code $ref} within the schema, recursion, {@code anyOf}, {@code allOf}, and {@code oneOf} where
     * its options are plainly apart. Properties come in the order in which they are declared; an object that declares
     * some has no others unless {@code additionalProperties} asks for them. Keywords that only describe are left alone;
     * any other keyword is an error.
     *
     * @throws GrammarException that names the keyword and its place, if it cannot be held
     */
    public static Grammar jsonSchema(String schema) {
        return SchemaReader.read(schema);
    }

    /** Any JSON object. */
    public static Grammar jsonObject() {
        return jsonSchema("{\"type\":\"object\"}");
    }

    /**
     * The texts that a regular expression matches as a whole, in JavaScript's notation without what looks around or back.
     *
     * @throws GrammarException if it is not valid, or asks for what is not regular
     */
    public static Grammar regex(String expression) {
        RuleBook book = new RuleBook();
        return of(book, Regex.whole(expression, book));
    }

    /**
     * Exactly one of these texts.
     *
     * @throws GrammarException if there is none
     */
    public static Grammar choice(List<String> texts) {
        if (texts.isEmpty()) {
            throw new GrammarException(GrammarError.SYNTAX, "A choice needs at least one text. Pass some.");
        }
        return of(new RuleBook(), Part.choice(texts.stream().map(Part::text).toList()));
    }

    /** Exactly this text. */
    public static Grammar text(String text) {
        return choice(List.of(text));
    }

    /** Any text, the empty one too, in which another text does not occur. */
    public static Grammar textWithout(String marker) {
        RuleBook book = new RuleBook();
        return of(book, FreeText.without(marker, book));
    }

    /** Any text, the empty one too, that does not start with another one. */
    public static Grammar textNotStarting(String start) {
        return of(new RuleBook(), FreeText.notStarting(start));
    }

    /** One after the other. */
    public static Grammar sequence(List<Grammar> items) {
        RuleBook book = new RuleBook();
        return of(book, Part.sequence(items.stream().map(g -> g.into(book)).toList()));
    }

    /** One of several. */
    public static Grammar anyOf(List<Grammar> options) {
        RuleBook book = new RuleBook();
        return of(book, Part.choice(options.stream().map(g -> g.into(book)).toList()));
    }

    /** This, or nothing. */
    public Grammar optional() {
        RuleBook book = new RuleBook();
        return of(book, Part.optional(into(book)));
    }

    /** This, up to so many times, with something between. */
    public Grammar repeated(Grammar separator, int most) {
        RuleBook book = new RuleBook();
        Part item = into(book);
        return of(book, Part.sequence(item, book.repeat(Part.sequence(separator.into(book), item), 0, most - 1)));
    }

    private Part into(RuleBook book) {
        Map<String, Part.Rule> names = new LinkedHashMap<>();
        rules.keySet().forEach(name -> names.put(name, book.reserve(name.replaceFirst("(-\\d+)+$", ""))));
        rules.forEach((name, body) -> book.define(named(names, name), renamed(body, names)));
        return named(names, ROOT);
    }

    private static Part.Rule named(Map<String, Part.Rule> names, String name) {
        return java.util.Objects.requireNonNull(names.get(name), name);
    }

    private static Part renamed(Part part, Map<String, Part.Rule> names) {
        return switch (part) {
            case Part.Rule rule -> named(names, rule.name());
            case Part.Sequence sequence -> new Part.Sequence(renamed(sequence.items(), names));
            case Part.Choice choice -> new Part.Choice(renamed(choice.options(), names));
            case Part.Repeat repeat -> new Part.Repeat(renamed(repeat.item(), names), repeat.least(), repeat.most());
            default -> part;
        };
    }

    private static List<Part> renamed(List<Part> parts, Map<String, Part.Rule> names) {
        List<Part> all = new ArrayList<>();
        parts.forEach(part -> all.add(renamed(part, names)));
        return all;
    }

    /** Its notation as GBNF. */
    public String gbnf() {
        return text;
    }

    /** Whether a text is one of its texts. */
    public boolean accepts(String candidate) {
        Automaton.State state = Automaton.of(this).start();
        for (byte b : candidate.getBytes(java.nio.charset.StandardCharsets.UTF_8)) {
            state = state.after(b & 0xff);
        }
        return state.mayEnd();
    }

    Map<String, Part> rules() {
        return rules;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Grammar grammar && grammar.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
