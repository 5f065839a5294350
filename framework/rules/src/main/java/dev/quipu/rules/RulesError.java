package dev.quipu.rules;

import dev.quipu.ErrorCode;

/** Failures of rules and their files. */
public enum RulesError implements ErrorCode {
    COMPILE("QP-RULES-001", "A rule file does not compile; correct the lines that the message names."),
    FORBIDDEN("QP-RULES-002", "A rule file uses what rules may not use; remove it or move it into Java."),
    RULE_FAILED("QP-RULES-003", "A rule failed while it ran; nothing may be served until it is corrected."),
    FIRE_LIMIT("QP-RULES-004", "Rules fired more often than the limit; look for rules that set each other off."),
    DEADLINE("QP-RULES-005", "Rules did not end in time; make them cheaper or raise the deadline."),
    SOURCES("QP-RULES-006", "Rule files are missing or cannot be read; correct the folder or the file."),
    FACT_VALUE("QP-RULES-007", "A rule reads a value that a fact lacks or holds in another type; ask has(…) first."),
    DECISION("QP-RULES-008", "A rule states a decision that cannot be recorded; correct its reason or values.");

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
