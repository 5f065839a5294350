package dev.quipu.kg.question;

import dev.quipu.Language;
import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Cuts a text into its sentences, each on one line. */
final class Sentences {
    private Sentences() {}

    static List<String> of(String text, Language language) {
        BreakIterator ends = BreakIterator.getSentenceInstance(
                switch (language) {
                    case ENGLISH -> Locale.ENGLISH;
                    case CHINESE -> Locale.CHINESE;
                });
        ends.setText(text);
        List<String> sentences = new ArrayList<>();
        int start = ends.first();
        for (int end = ends.next(); end != BreakIterator.DONE; end = ends.next()) {
            String sentence = text.substring(start, end).strip().replaceAll("\\s+", " ");
            if (!sentence.isEmpty()) {
                sentences.add(sentence);
            }
            start = end;
        }
        return sentences;
    }
}
