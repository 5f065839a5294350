package dev.quipu.kg.cypher;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A grammar as rules, the first of them {@code root}; printed in the notation of llama.cpp. */
record Gbnf(Map<String, Part> rules) {
    Gbnf {
        rules = Collections.unmodifiableMap(new LinkedHashMap<>(rules));
    }

    /** What a rule is made of. */
    sealed interface Part {}

    record Text(String text) implements Part {}

    record Rule(String name) implements Part {}

    record Sequence(List<Part> parts) implements Part {}

    record Choice(List<Part> options) implements Part {}

    /** A part up to so many times. */
    record Repeat(Part part, int most) implements Part {}

    static Part text(String text) {
        return new Text(text);
    }

    static Part seq(Part... parts) {
        return new Sequence(List.of(parts));
    }

    static Part seq(String text, Part... parts) {
        return new Sequence(
                java.util.stream.Stream.concat(java.util.stream.Stream.of(text(text)), java.util.Arrays.stream(parts))
                        .toList());
    }

    static Part choice(List<Part> options) {
        return options.size() == 1 ? options.getFirst() : new Choice(options);
    }

    static Part texts(String... options) {
        return choice(java.util.Arrays.stream(options).map(Gbnf::text).toList());
    }

    static Part optional(Part part) {
        return new Repeat(part, 1);
    }

    String print() {
        return rules.entrySet().stream()
                .map(e -> e.getKey() + " ::= " + print(e.getValue()))
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private static String print(Part part) {
        return switch (part) {
            case Text t -> "\"" + t.text().replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
            case Rule r -> r.name();
            case Sequence s -> s.parts().stream().map(Gbnf::print).collect(Collectors.joining(" "));
            case Choice c -> "(" + c.options().stream().map(Gbnf::print).collect(Collectors.joining(" | ")) + ")";
            case Repeat r -> "(" + print(r.part()) + ")" + (r.most() == 1 ? "?" : "{0," + r.most() + "}");
        };
    }
}
