package dev.quipu.llama.template;

/** Fills texts up to a width. */
final class Padding {
    private Padding() {}

    /** Pads to a width in code points; {@code side} is where the text stands: {@code <}, {@code >} or {@code ^}. */
    static String pad(Execution run, String text, int width, String fill, char side) {
        int missing = Math.max(0, width - PythonText.length(text));
        run.text(text.length() + (long) missing * fill.length());
        int left = switch (side) {
            case '<' -> 0;
            case '^' -> missing / 2;
            default -> missing;
        };
        return fill.repeat(left) + text + fill.repeat(missing - left);
    }

    /** Centres as {@code str.center} does, which puts an odd blank on the left in odd widths. */
    static String center(Execution run, String text, int width, String fill) {
        int missing = Math.max(0, width - PythonText.length(text));
        int left = missing / 2 + (missing & width & 1);
        String leftPadded = pad(run, text, width - missing + left, fill, '>');
        return pad(run, leftPadded, width, fill, '<');
    }
}
