package dev.quipu.training.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How ROUGE cuts texts. */
public enum RougeTokens {
    /** Words of Latin letters and digits, as rouge-score does; of Chinese nothing is left. */
    WORDS,
    /** The same, without their endings (Porter's stemmer, as rouge-score has it). */
    STEMS,
    /** Words of Latin letters and digits, and each Chinese character. */
    CHINESE;

    List<String> of(String text) {
        List<String> found = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        text.toLowerCase(Locale.ROOT).codePoints().forEach(c -> {
            if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
                word.appendCodePoint(c);
                return;
            }
            end(word, found);
            if (this == CHINESE && Words.isHan(c)) {
                found.add(Character.toString(c));
            }
        });
        end(word, found);
        return found;
    }

    private void end(StringBuilder word, List<String> found) {
        if (!word.isEmpty()) {
            String whole = word.toString();
            found.add(this == STEMS && whole.length() > 3 ? PorterStemmer.stem(whole) : whole);
            word.setLength(0);
        }
    }
}
