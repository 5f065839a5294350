package dev.quipu.training.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A text cut as the filters look at it. Where a language writes no spaces a character is a word to them: what the constants
 * of English filters say of words is said here of characters, with limits of their own.
 *
 * @param language as {@link Tongue} tells it
 * @param lines that are not blank
 * @param words in lower case
 */
public record Reading(String text, String language, List<String> lines, List<String> words) {
    public static Reading of(String text) {
        String language = Tongue.of(text);
        return new Reading(
                text,
                language,
                text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList(),
                isSpaced(language) ? spaced(text) : characters(text));
    }

    /** Whether its language writes spaces between words. */
    public boolean spaced() {
        return isSpaced(language);
    }

    private static boolean isSpaced(String language) {
        return !language.equals("zh") && !language.equals("ja") && !language.equals("th");
    }

    private static List<String> spaced(String text) {
        List<String> words = new ArrayList<>();
        for (String word : text.split("\\s+")) {
            if (!word.isEmpty()) {
                words.add(word.toLowerCase(Locale.ROOT));
            }
        }
        return words;
    }

    private static List<String> characters(String text) {
        return text.codePoints()
                .filter(Character::isLetterOrDigit)
                .mapToObj(Character::toString)
                .toList();
    }

    /** Paragraphs, which blank lines part. */
    public List<String> paragraphs() {
        List<String> found = new ArrayList<>();
        for (String paragraph : text.split("\n\\s*\n")) {
            if (!paragraph.isBlank()) {
                found.add(paragraph.strip());
            }
        }
        return found;
    }
}
