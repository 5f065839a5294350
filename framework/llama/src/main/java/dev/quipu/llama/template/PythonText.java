package dev.quipu.llama.template;

import java.util.Locale;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;

/** What Python knows about strings: its white space, cases, and lengths in code points. */
final class PythonText {
    private PythonText() {}

    static boolean isSpace(int character) {
        return character == 0x85 || Character.isWhitespace(character) || Character.isSpaceChar(character);
    }

    /** The length in code points. */
    static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    /** The part between two offsets in code points, both within the text. */
    static String substring(String text, int start, int end) {
        int from = text.offsetByCodePoints(0, start);
        return text.substring(from, text.offsetByCodePoints(from, end - start));
    }

    /** Orders by code point; {@link String#compareTo} orders by UTF-16 unit. */
    static int compare(String left, String right) {
        for (int i = 0; i < Math.min(left.length(), right.length()); i++) {
            char a = left.charAt(i);
            char b = right.charAt(i);
            if (a != b) {
                boolean differ = Character.isSurrogate(a) != Character.isSurrogate(b);
                int bySurrogate = Character.isSurrogate(a) ? 1 : -1;
                return differ ? bySurrogate : Character.compare(a, b);
            }
        }
        return Integer.compare(left.length(), right.length());
    }

    /**
     * Removes characters from the ends.
     *
     * @param characters what to remove; empty for white space
     */
    static String strip(String text, String characters, boolean start, boolean end) {
        Set<Integer> removed = characters.codePoints().boxed().collect(Collectors.toSet());
        IntPredicate strips = characters.isEmpty() ? PythonText::isSpace : removed::contains;
        int from = 0;
        int to = text.length();
        while (start && from < to && strips.test(text.codePointAt(from))) {
            from += Character.charCount(text.codePointAt(from));
        }
        while (end && to > from && strips.test(text.codePointBefore(to))) {
            to -= Character.charCount(text.codePointBefore(to));
        }
        return text.substring(from, to);
    }

    static String upper(String text) {
        return text.toUpperCase(Locale.ROOT);
    }

    static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    static String capitalize(String text) {
        if (text.isEmpty()) {
            return text;
        }
        int first = Character.charCount(text.codePointAt(0));
        return upper(text.substring(0, first)) + lower(text.substring(first));
    }

    /** The method {@code title}: a capital after anything that is not a letter. */
    static String title(String text) {
        return title(text, "");
    }

    /**
     * Capitals at the starts of words.
     *
     * @param separators what words are separated by besides white space; empty for everything but letters
     */
    static String title(String text, String separators) {
        StringBuilder result = new StringBuilder(text.length());
        boolean inWord = false;
        int at = 0;
        while (at < text.length()) {
            int character = text.codePointAt(at);
            String one = Character.toString(character);
            result.append(inWord ? lower(one) : upper(one));
            inWord = separators.isEmpty()
                    ? Character.isLetter(character)
                    : !isSpace(character) && separators.indexOf(character) < 0;
            at += one.length();
        }
        return result.toString();
    }

    /** Whether {@code repr} shows a character as it is. */
    static boolean isPrintable(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            case Character.SPACE_SEPARATOR -> character == ' ';
            default -> true;
        };
    }
}
