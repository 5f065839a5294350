package dev.quipu.training.metrics;

import java.util.List;
import java.util.regex.Pattern;

/** How BLEU cuts texts, as sacrebleu does; scores by different cuts cannot be compared. */
public enum BleuTokens {
    /** Words and punctuation of languages with spaces (mteval-v13a). */
    V13A {
        @Override
        List<String> of(String text) {
            String line = text.replace("<skipped>", "").replace("-\n", "").replace("\n", " ");
            if (line.contains("&")) {
                line = line.replace("&quot;", "\"")
                        .replace("&amp;", "&")
                        .replace("&lt;", "<")
                        .replace("&gt;", ">");
            }
            return words(" " + line + " ");
        }
    },
    /** Each Chinese character alone, the rest as words. */
    ZH {
        @Override
        List<String> of(String text) {
            StringBuilder line = new StringBuilder();
            text.strip().codePoints().forEach(c -> {
                if (isChinese(c)) {
                    line.append(' ').appendCodePoint(c).append(' ');
                } else {
                    line.appendCodePoint(c);
                }
            });
            return words(line.toString());
        }
    },
    /** Each character alone. */
    CHAR {
        @Override
        List<String> of(String text) {
            return Words.characters(text);
        }
    };

    private static final Pattern PUNCTUATION = Pattern.compile("([{-~\\[-` -&(-+:-@/])");
    private static final Pattern POINT_BEHIND_OTHER = Pattern.compile("([^0-9])([.,])");
    private static final Pattern POINT_BEFORE_OTHER = Pattern.compile("([.,])([^0-9])");
    private static final Pattern DASH_BEHIND_DIGIT = Pattern.compile("([0-9])(-)");

    /**
     * First and last of each range. That from 2001 to 2A6D comes of a slip in the original, which writes U+20000 as five
     * digits where four are read; quotation marks and arrows are in it, and scores depend on it.
     */
    private static final int[][] CHINESE = {
        {0x3400, 0x4db5}, {0x4e00, 0x9fa5}, {0x9fa6, 0x9fbb}, {0xf900, 0xfa2d}, {0xfa30, 0xfa6a}, {0xfa70, 0xfad9},
        {0x2001, 0x2a6d}, {0x2f81, 0x2fa1}, {0xff00, 0xffef}, {0x2e80, 0x2eff}, {0x3000, 0x303f}, {0x31c0, 0x31ef},
        {0x2f00, 0x2fdf}, {0x2ff0, 0x2fff}, {0x3100, 0x312f}, {0x31a0, 0x31bf}, {0xfe10, 0xfe1f}, {0xfe30, 0xfe4f},
        {0x2600, 0x26ff}, {0x2700, 0x27bf}, {0x3200, 0x32ff}, {0x3300, 0x33ff},
    };

    abstract List<String> of(String text);

    private static boolean isChinese(int c) {
        for (int[] range : CHINESE) {
            if (range[0] <= c && c <= range[1]) {
                return true;
            }
        }
        return false;
    }

    private static List<String> words(String text) {
        String line = PUNCTUATION.matcher(text).replaceAll(" $1 ");
        line = POINT_BEHIND_OTHER.matcher(line).replaceAll("$1 $2 ");
        line = POINT_BEFORE_OTHER.matcher(line).replaceAll(" $1 $2");
        line = DASH_BEHIND_DIGIT.matcher(line).replaceAll("$1 $2 ");
        return Words.split(line);
    }
}
