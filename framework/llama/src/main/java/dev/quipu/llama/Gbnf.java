package dev.quipu.llama;

import java.util.List;
import java.util.stream.Collectors;

/** Writes llama.cpp's grammar notation. */
final class Gbnf {
    private Gbnf() {}

    /** A grammar of exactly these texts. */
    static String choice(List<String> texts) {
        if (texts.isEmpty()) {
            throw new EngineException(EngineError.GRAMMAR, "A choice needs at least one text.");
        }
        return "root ::= " + texts.stream().map(Gbnf::literal).collect(Collectors.joining(" | ")) + "\n";
    }

    /** A text as a literal. */
    static String literal(String text) {
        StringBuilder out = new StringBuilder("\"");
        text.codePoints().forEach(c -> {
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c < 0x20) {
                        out.append(String.format("\\x%02x", c));
                    } else {
                        out.appendCodePoint(c);
                    }
                }
            }
        });
        return out.append('"').toString();
    }
}
