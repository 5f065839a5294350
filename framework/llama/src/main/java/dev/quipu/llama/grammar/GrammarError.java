package dev.quipu.llama.grammar;

import dev.quipu.ErrorCode;

/** Failures of grammars. Nothing is generated without the grammar that was asked for. */
public enum GrammarError implements ErrorCode {
    SYNTAX("QP-GRAMMAR-001", "A grammar, schema or regular expression is not valid; correct it where it says."),
    UNSUPPORTED("QP-GRAMMAR-002", "A schema or regular expression asks for what no grammar holds; leave it out."),
    UNSATISFIABLE("QP-GRAMMAR-003", "No text satisfies the schema; correct the keywords that contradict each other."),
    TOO_LARGE("QP-GRAMMAR-004", "A grammar or schema is too large, deep or repetitive; simplify it."),
    CUT_OFF("QP-GRAMMAR-005", "The bound output reached its token limit before its end; raise the limit.");

    private final String id;
    private final String meaning;

    GrammarError(String id, String meaning) {
        this.id = id;
        this.meaning = meaning;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public String meaning() {
        return meaning;
    }
}
