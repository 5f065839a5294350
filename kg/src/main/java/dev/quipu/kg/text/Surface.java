package dev.quipu.kg.text;

import java.util.Locale;

/** How a name stood in a text, where that is not its key. */
record Surface(MergeRule rule, String form) implements Comparable<Surface> {
    /** Whether a form is a key but for letter case and space. */
    static boolean plain(String form, String key) {
        return form.toLowerCase(Locale.ROOT).replace(" ", "").equals(key.replace(" ", ""));
    }

    /** As it is stored, for {@link #read}. */
    String text() {
        return rule + " " + form;
    }

    static Surface read(String text) {
        int space = text.indexOf(' ');
        return new Surface(MergeRule.valueOf(text.substring(0, space)), text.substring(space + 1));
    }

    @Override
    public int compareTo(Surface other) {
        return text().compareTo(other.text());
    }
}
