package dev.quipu.kg.question;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Splits a text into lower-case words; runs of Han characters become overlapping pairs. */
final class Words {
    /** Words that say nothing about what is asked. */
    static final Set<String> STOP = Set.of("""
            a an the is are was were be been am do does did please of to in on at for and or it that this these
            those your you with by me us we just could would should can may will hi hello hey there so then also
            really actually exactly currently now today right know tell wondering wonder like want need let give
            say why yes answer no one ones some any if as from i im id its whats wheres hows s t ve m re d ll
            thanks thank sir madam quick question curious check see look help kindly sure ok okay well got get
            had have has out up about more most than when where which what who how much many my mine his her
            their our they he she not but only still yet already here into them go going
            """.strip().split("\\s+"));

    private Words() {}

    static List<String> of(String text) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        int previousHan = -1;
        for (int c : text.toLowerCase(Locale.ROOT).codePoints().toArray()) {
            boolean han = Character.UnicodeScript.of(c) == Character.UnicodeScript.HAN;
            if (!han && Character.isLetterOrDigit(c)) {
                word.appendCodePoint(c);
                previousHan = -1;
                continue;
            }
            flush(word, words);
            if (han && previousHan >= 0) {
                words.add(new StringBuilder()
                        .appendCodePoint(previousHan)
                        .appendCodePoint(c)
                        .toString());
            }
            previousHan = han ? c : -1;
        }
        flush(word, words);
        return words;
    }

    private static void flush(StringBuilder word, List<String> words) {
        if (!word.isEmpty()) {
            words.add(stem(word.toString()));
            word.setLength(0);
        }
    }

    /** Folds the commonest English endings, so that "costs" meets "cost" and "colours" meets "color". */
    private static String stem(String word) {
        String w = word.replace("colour", "color");
        if (w.length() > 4 && w.endsWith("ies")) {
            return w.substring(0, w.length() - 3) + "y";
        }
        if (w.length() > 3 && w.endsWith("s") && !w.endsWith("ss") && !w.endsWith("us") && !w.endsWith("is")) {
            return w.substring(0, w.length() - 1);
        }
        if (w.length() > 5 && w.endsWith("ed")) {
            return w.substring(0, w.length() - 2);
        }
        return w.length() > 6 && w.endsWith("ing") ? w.substring(0, w.length() - 3) : w;
    }
}
