package dev.quipu.runtime;

import java.util.regex.Pattern;

/**
 * Counts the words by which a text denies something. A model that rewrites a sentence keeps its numbers and names easily
 * and loses a "not" as easily; a draft with more or fewer denials than the text that it rewrites says something else.
 */
final class Denials {
    private static final Pattern DENIAL = Pattern.compile(
            "\\b(?:not|no|never|none|nobody|nothing|neither|nor|without|cannot|unable|except|unless)\\b|n['’]t\\b"
                    + "|[不没未无勿]|除非|除外",
            Pattern.CASE_INSENSITIVE);

    private Denials() {}

    static int in(String text) {
        return (int) DENIAL.matcher(text).results().count();
    }
}
