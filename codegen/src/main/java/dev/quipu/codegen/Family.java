package dev.quipu.codegen;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a family of models is asked for code, by the name of a model.
 *
 * @param role what a system message says; empty for families that were trained without one for code
 * @param closing stands at the end of what is asked
 */
record Family(String role, String closing) {
    private static final String WRITER = "You write correct Python.";
    private static final Family GENERAL = new Family(WRITER, "");
    /** Switches its thinking off: thoughts cost the tokens that drafts and tests are better spent on. */
    private static final Family QWEN3 = new Family(WRITER, "\n/no_think");
    /** Its authors advise against a system message for those that think. */
    private static final Family REASONING = new Family("", "");

    private static final Pattern THOUGHTS = Pattern.compile("\\A.*?</think>", Pattern.DOTALL);

    static Family of(String model) {
        String name = model.toLowerCase(Locale.ROOT);
        if (name.contains("qwen3") && !name.contains("coder")) {
            return QWEN3;
        }
        return name.contains("deepseek-r1") || name.contains("qwq") ? REASONING : GENERAL;
    }

    /** A reply without what its model thought before it; empty if it thought to the end of its tokens. */
    static String spoken(String reply) {
        Matcher thoughts = THOUGHTS.matcher(reply);
        if (thoughts.find()) {
            return reply.substring(thoughts.end());
        }
        return reply.stripLeading().startsWith("<think>") ? "" : reply;
    }
}
