package dev.quipu.llama.template;

import org.jspecify.annotations.Nullable;

/**
 * The text of a template with its line ends normalised; turns offsets into lines, columns and quoted tags.
 *
 * @param text the normalised text
 */
record TemplateSource(String text) {
    private static final int LONGEST_QUOTE = 80;
    private static final int LONGEST_MESSAGE = 300;

    /** Normalises line ends and drops one at the very end, as Jinja does. */
    static TemplateSource of(String text) {
        String normal = text.replace("\r\n", "\n").replace('\r', '\n');
        return new TemplateSource(normal.endsWith("\n") ? normal.substring(0, normal.length() - 1) : normal);
    }

    TemplateException failure(TemplateError error, int offset, String what) {
        return failure(error, offset, what, null);
    }

    TemplateException failure(TemplateError error, int offset, String what, @Nullable Throwable cause) {
        int at = Math.clamp(offset, 0, text.length());
        int line = 1;
        int lineStart = 0;
        for (int next = text.indexOf('\n'); next >= 0 && next < at; next = text.indexOf('\n', next + 1)) {
            line++;
            lineStart = next + 1;
        }
        int column = at - lineStart + 1;
        String place = " (line " + line + ", column " + column + ", in `" + quote(at) + "`).";
        String shortened = what.length() > LONGEST_MESSAGE ? what.substring(0, LONGEST_MESSAGE) + "…" : what;
        return new TemplateException(error, shortened + place, line, column, cause);
    }

    /** The tag around an offset, or the text from there when it lies in none; one line, cut to a readable length. */
    private String quote(int offset) {
        int open = offset;
        while (open > 0 && !isOpening(open)) {
            open--;
        }
        int start = isOpening(open) ? open : offset;
        int end = Math.min(text.length(), start + LONGEST_QUOTE);
        for (int i = Math.max(start, offset); i + 1 < end; i++) {
            if (text.charAt(i + 1) == '}' && "%}#".indexOf(text.charAt(i)) >= 0) {
                end = i + 2;
            }
        }
        return text.substring(start, end).replaceAll("\\s+", " ").strip();
    }

    private boolean isOpening(int index) {
        return index + 1 < text.length() && text.charAt(index) == '{' && "%{#".indexOf(text.charAt(index + 1)) >= 0;
    }
}
