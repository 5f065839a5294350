package dev.quipu.server.bench;

import dev.quipu.kg.text.Document;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;

/** Documents of made-up words that mention made-up names, a few of them often and most of them seldom. */
final class SyntheticTexts {
    private static final String[] SYLLABLES = {
        "ka", "lo", "mi", "ren", "tas", "vor", "ul", "shi", "dan", "eb", "fo", "gar", "hin", "jus", "po", "qui"
    };
    private static final int WORDS = 5_000;
    private static final int SENTENCES = 6;

    private final int documents;
    private final int names;
    private final RandomGenerator random;

    /** @param names how many names there are beside the titles */
    SyntheticTexts(int documents, int names, RandomGenerator random) {
        this.documents = documents;
        this.names = names;
        this.random = random;
    }

    List<Document> documents() {
        List<Document> made = new ArrayList<>();
        for (int i = 0; i < documents; i++) {
            StringBuilder text = new StringBuilder();
            for (int s = 0; s < SENTENCES; s++) {
                text.append("The ")
                        .append(words(5))
                        .append(name())
                        .append(' ')
                        .append(words(4))
                        .append(name())
                        .append(". ");
            }
            made.add(Document.of("source" + i, name(i), text.toString()));
        }
        return made;
    }

    /** A question about two names. */
    String question() {
        return "What " + words(3) + name() + " and the " + words(2) + name() + "?";
    }

    private String name() {
        return name((int) ((documents + names) * Math.pow(random.nextDouble(), 2)));
    }

    /** A name of two words, of which three numbers share the second. */
    static String name(int number) {
        String name = word(number + 7 * WORDS);
        return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1) + " "
                + word(number / 3 + 3 * WORDS).toUpperCase(Locale.ROOT).charAt(0) + word(number / 3 + 3 * WORDS);
    }

    private String words(int count) {
        StringBuilder words = new StringBuilder();
        for (int i = 0; i < count; i++) {
            words.append(word((int) (WORDS * Math.pow(random.nextDouble(), 2)))).append(' ');
        }
        return words.toString();
    }

    private static String word(int number) {
        StringBuilder word = new StringBuilder();
        for (int rest = number; rest > 0 || word.isEmpty(); rest /= SYLLABLES.length) {
            word.append(SYLLABLES[rest % SYLLABLES.length]);
        }
        return word.toString();
    }
}
