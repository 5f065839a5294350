package dev.quipu.llama;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.quipu.llama.grammar.Grammar;
import dev.quipu.llama.grammar.GrammarError;
import dev.quipu.llama.grammar.GrammarException;
import dev.quipu.llama.template.CallForm;
import dev.quipu.llama.template.ChatTemplate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How a model writes calls of tools, and the grammars that follow from it: only offered tools can be named, and only
 * arguments that their schemas allow.
 *
 * @param form what the model's own template shows, or the generic one
 * @param several whether one answer may hold several calls. A model whose template knows no calls does not know when to
 *     stop either: it makes one at a time
 */
record ToolFormat(CallForm form, boolean several) {
    private static final int MOST_CALLS = 16;
    private static final CallForm FENCED =
            new CallForm("```json\n{\"name\": \"", "\", \"arguments\": ", Optional.of("}\n{\"name\": \""), "}\n```");
    private static final Grammar ID = Grammar.regex("[a-zA-Z0-9]{9}");

    /** A form in which an answer may hold several calls. */
    ToolFormat(CallForm form) {
        this(form, true);
    }

    static ToolFormat of(ModelInfo model) {
        Optional<CallForm> shown = model.chatTemplate().isEmpty()
                ? Optional.empty()
                : ChatTemplate.parse(model.chatTemplate()).callForm();
        return shown.map(ToolFormat::new).orElse(new ToolFormat(CallForm.GENERIC, false));
    }

    /**
     * The text at which a call is known as one: the tag that opens calls. Where a call has none, as with Llama 3, it is
     * the beginning of a call itself, and an answer is a call or text from its start.
     */
    String marker() {
        String opening = opening();
        int angle = opening.indexOf('>');
        if (opening.startsWith("<") && angle > 0) {
            return opening.substring(0, angle + 1);
        }
        int square = opening.indexOf(']');
        if (opening.startsWith("[") && square > 0) {
            return opening.substring(0, square + 1);
        }
        int brace = opening.indexOf('{');
        String tag = brace < 0 ? opening : opening.substring(0, brace).strip();
        return tag.isEmpty() ? opening : tag;
    }

    /** Whether calls may stand behind a text. */
    boolean tagged() {
        return !marker().equals(opening()) || !opening().startsWith("{");
    }

    /** What stands before the first name, without the white space that a text before it has anyway. */
    String opening() {
        return form.opening().stripLeading();
    }

    /** One call or, where the template shows several, several. */
    Grammar calls(List<ToolSpecification> tools) {
        Grammar call = Grammar.anyOf(tools.stream().map(this::call).toList());
        Grammar some = form.separator()
                .filter(between -> several)
                .map(between -> call.repeated(written(between), MOST_CALLS))
                .orElse(call);
        return Grammar.sequence(List.of(written(opening()), some, written(form.closing())));
    }

    /** Free text, calls, or where calls have a tag, a text and calls behind it. */
    Grammar textOrCalls(List<ToolSpecification> tools) {
        Grammar calls = calls(tools);
        return tagged()
                ? Grammar.sequence(List.of(Grammar.textWithout(marker()), calls.optional()))
                : Grammar.anyOf(List.of(calls, Grammar.textNotStarting(opening())));
    }

    /** Some text that is no call, neither in the form that the template shows nor in a fence of code. */
    Grammar text() {
        Grammar first = Grammar.regex("[^\\s`<{\\[]");
        return Grammar.sequence(List.of(first, Grammar.textWithout(tagged() ? marker() : opening())));
    }

    /** Calls where an answer is bound and cannot be free text: as the template shows them, or in a fence of code. */
    Grammar boundCalls(List<ToolSpecification> tools) {
        ToolFormat fenced = new ToolFormat(FENCED, several);
        return Grammar.anyOf(List.of(calls(tools), fenced.calls(tools)));
    }

    private Grammar call(ToolSpecification tool) {
        if (tool.name().chars().anyMatch(c -> c < 0x20 || c == '"' || c == '\\')) {
            throw new GrammarException(
                    GrammarError.UNSUPPORTED,
                    "The tool '" + tool.name()
                            + "' has a quote, backslash or control character in its name. Rename it.");
        }
        return Grammar.sequence(List.of(Grammar.text(tool.name()), written(form.middle()), arguments(tool)));
    }

    /** The arguments that a tool's schema allows. */
    static Grammar arguments(ToolSpecification tool) {
        return tool.parameters() == null ? Grammar.text("{}") : Grammar.jsonSchema(JsonSchemas.text(tool.parameters()));
    }

    private static Grammar written(String section) {
        List<Grammar> parts = new ArrayList<>();
        for (String part : section.splitWithDelimiters(CallForm.ID, -1)) {
            parts.add(part.equals(CallForm.ID) ? ID : Grammar.text(part));
        }
        return Grammar.sequence(parts);
    }
}
