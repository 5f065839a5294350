package dev.quipu.kg.text;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** Cuts text into sentences by its punctuation, in English and Chinese. */
final class Sentences {
    private static final Pattern END =
            Pattern.compile("(?<=[.!?])\\s+(?=[\\p{Lu}\\p{N}\"(])|(?<=[。！？；])\\s*|\\s*\\n\\s*");

    private Sentences() {}

    static List<String> of(String text) {
        return Arrays.stream(END.split(text)).filter(s -> !s.isBlank()).toList();
    }
}
