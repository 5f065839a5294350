package dev.quipu.rules;

import dev.quipu.ErrorCode;

/** Failures of rules. */
public enum RulesError implements ErrorCode {
    UNREADABLE("QP-RULES-001", "The rule files cannot be read; correct the path."),
    SYNTAX("QP-RULES-002", "A rule does not compile; correct the named file and line."),
    FORBIDDEN("QP-RULES-003", "A rule reaches for files, processes, threads or reflection; remove it."),
    FAILED("QP-RULES-004", "A rule failed while it ran, so nothing is served; correct the rule."),
    ENDLESS("QP-RULES-005", "The rules fired more often than their limit; make them end.");

    private final String id;
    private final String meaning;

    RulesError(String id, String meaning) {
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
