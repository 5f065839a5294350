package dev.quipu.llama.template;

import dev.quipu.ErrorCode;

/** Failures of chat templates. */
public enum TemplateError implements ErrorCode {
    SYNTAX("QP-TEMPLATE-001", "A template is not valid Jinja.", "Correct the template or choose another one."),
    TOO_LARGE(
            "QP-TEMPLATE-002",
            "A template is longer than any chat template needs.",
            "Check that the model file is the one you wanted, or choose another template."),
    TOO_DEEP(
            "QP-TEMPLATE-003",
            "A template or a value nests too deep.",
            "Flatten the template, or the arguments and schemas that it prints."),
    TOO_MANY_STEPS(
            "QP-TEMPLATE-004",
            "A template did too much work for one prompt.",
            "Shorten the conversation or choose another template."),
    TOO_MUCH_TEXT(
            "QP-TEMPLATE-005",
            "A template made too much text for one prompt.",
            "Shorten the conversation or choose another template."),
    UNDEFINED(
            "QP-TEMPLATE-006",
            "A template used a variable that has no value.",
            "Pass the variable as an extra, or choose another template."),
    WRONG_TYPE(
            "QP-TEMPLATE-007",
            "A template applied an operation to a value that does not have it.",
            "Check the extras and tools that were passed, or choose another template."),
    UNSUPPORTED(
            "QP-TEMPLATE-008",
            "A template uses a part of Jinja that chat templates do not need.",
            "Choose another template."),
    REFUSED(
            "QP-TEMPLATE-009",
            "A template refused the conversation.",
            "Change the conversation as the template's message says."),
    ROLES_MUST_ALTERNATE(
            "QP-TEMPLATE-010",
            "A template refused messages whose roles do not alternate between user and assistant.",
            "Merge neighbouring messages of one role, and begin with a user message."),
    NO_SYSTEM_MESSAGE(
            "QP-TEMPLATE-011",
            "A template has no place for a system message, and no user message could take its text.",
            "Put the text of the system message into a user message."),
    UNSUPPORTED_MESSAGE(
            "QP-TEMPLATE-012",
            "A message cannot be shown to a template.",
            "Send text, and tool calls whose arguments are JSON objects.");

    private final String id;
    private final String what;
    private final String remedy;

    TemplateError(String id, String what, String remedy) {
        this.id = id;
        this.what = what;
        this.remedy = remedy;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public String meaning() {
        return what + " " + remedy;
    }

    String remedy() {
        return remedy;
    }
}
