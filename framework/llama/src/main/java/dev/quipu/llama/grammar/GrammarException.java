package dev.quipu.llama.grammar;

import dev.quipu.QuipuException;

/** A grammar cannot be made, or its output is not whole. */
public final class GrammarException extends QuipuException {
    private static final long serialVersionUID = 1L;

    private final String pointer;

    public GrammarException(GrammarError code, String detail) {
        this(code, detail, "");
    }

    private GrammarException(GrammarError code, String detail, String pointer) {
        super(code, detail);
        this.pointer = pointer;
    }

    /** A failure at a place of a schema. */
    static GrammarException at(GrammarError code, String pointer, String what) {
        return new GrammarException(code, "The schema cannot be used: " + what + " (at '#" + pointer + "').", pointer);
    }

    /** The JSON pointer of the keyword in the schema; empty for its root and for what is no schema. */
    public String pointer() {
        return pointer;
    }
}
