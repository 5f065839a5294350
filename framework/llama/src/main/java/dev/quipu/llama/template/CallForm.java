package dev.quipu.llama.template;

import java.util.Optional;

/**
 * How a template writes an assistant's calls of tools: {@code opening}, name, {@code middle}, arguments as a JSON object,
 * then {@code separator} and the next call, or {@code closing}. Where an identifier belongs stands {@link #ID}.
 *
 * @param opening what stands before the first call's name
 * @param middle what stands between a name and its arguments
 * @param separator what stands between the arguments of a call and the name of the next; empty where there is one call
 * @param closing what stands after the last call's arguments
 */
public record CallForm(String opening, String middle, Optional<String> separator, String closing) {
    /** The place of an identifier of nine letters and digits, which templates demand that show one. */
    public static final String ID = "\ufffc";

    /** {@code <tool_call>} with JSON, as Hermes and Qwen write calls; what models know best that know none other. */
    public static final CallForm GENERIC = new CallForm(
            "<tool_call>\n{\"name\": \"",
            "\", \"arguments\": ",
            Optional.of("}\n</tool_call>\n<tool_call>\n{\"name\": \""),
            "}\n</tool_call>");
}
