package dev.quipu.llama.template;

import org.jspecify.annotations.Nullable;

/**
 * Finds a part in texts in time proportional to their length.
 *
 * <p>Short parts go to {@link String#indexOf(String, int)}. Long ones use the algorithm of Knuth, Morris and Pratt, for
 * a hostile template may choose a text and a part on which the plain search takes the product of their lengths.
 */
final class TextSearch {
    private static final int SHORT = 16;

    private final Execution run;
    private final String part;
    /** For each prefix of the part, the length of its longest proper border. */
    private final int @Nullable [] borders;

    TextSearch(Execution run, String part) {
        this.run = run;
        this.part = part;
        run.read(part);
        this.borders = part.length() > SHORT ? borders(part) : null;
    }

    /** The offset of the first occurrence at or after {@code from}, or -1. */
    int next(String text, int from) {
        int found = borders == null ? text.indexOf(part, from) : search(text, from, borders);
        int scanned = (found < 0 ? text.length() : found) - from;
        run.steps(1 + scanned / SHORT);
        return found;
    }

    private int search(String text, int from, int[] table) {
        int matched = 0;
        for (int i = from; i < text.length(); i++) {
            while (matched > 0 && text.charAt(i) != part.charAt(matched)) {
                matched = table[matched - 1];
            }
            if (text.charAt(i) == part.charAt(matched)) {
                matched++;
            }
            if (matched == part.length()) {
                return i - matched + 1;
            }
        }
        return -1;
    }

    private static int[] borders(String part) {
        int[] table = new int[part.length()];
        int length = 0;
        for (int i = 1; i < part.length(); i++) {
            while (length > 0 && part.charAt(i) != part.charAt(length)) {
                length = table[length - 1];
            }
            if (part.charAt(i) == part.charAt(length)) {
                length++;
            }
            table[i] = length;
        }
        return table;
    }
}
