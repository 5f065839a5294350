package dev.quipu.training.data;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Whether a document of the web reads like text (Rae et al., Scaling Language Models, 2021, appendix A.1). Chinese has limits
 * of its own where the original counts words and their letters: a word is taken for two characters, and function words are
 * characters.
 */
final class DocumentQuality {
    private static final int LEAST = 50;
    private static final int MOST = 100_000;
    private static final double SHORT_WORDS = 3;
    private static final double LONG_WORDS = 10;
    private static final double SYMBOLS = 0.1;
    private static final double BULLETS = 0.9;
    private static final double ELLIPSES = 0.3;
    private static final double WITH_LETTERS = 0.8;
    private static final int FUNCTION_WORDS = 2;
    private static final Set<String> ENGLISH = Set.of("the", "be", "to", "of", "and", "that", "have", "with");
    private static final Set<String> CHINESE = Set.of("的", "一", "是", "不", "了", "在", "有", "我", "和", "这");
    private static final String REASON = "not like text";

    private DocumentQuality() {}

    static Optional<Finding> find(Reading reading) {
        List<String> words = reading.words();
        int count = reading.spaced() ? words.size() : words.size() / 2;
        if (count < LEAST || count > MOST) {
            return found(count + " words, limits " + LEAST + " and " + MOST);
        }
        return (reading.spaced() ? letters(words, reading.language()) : characters(words))
                .or(() -> symbols(reading.text(), count))
                .or(() -> marks(reading.lines()));
    }

    private static Optional<Finding> letters(List<String> words, String language) {
        double mean = words.stream().mapToInt(String::length).average().orElse(0);
        if (mean < SHORT_WORDS || mean > LONG_WORDS) {
            return found(String.format(java.util.Locale.ROOT, "words of %.1f letters, limits 3 and 10", mean));
        }
        double lettered = words.stream()
                        .filter(w -> w.codePoints().anyMatch(Character::isLetter))
                        .count()
                / (double) words.size();
        if (lettered < WITH_LETTERS) {
            return Optional.of(Finding.share(REASON, "words with letters", lettered, WITH_LETTERS));
        }
        long function = ENGLISH.stream().filter(words::contains).count();
        return language.equals("en") && function < FUNCTION_WORDS
                ? found(function + " function words, limit " + FUNCTION_WORDS)
                : Optional.empty();
    }

    private static Optional<Finding> characters(List<String> characters) {
        long function = CHINESE.stream().filter(characters::contains).count();
        return function < FUNCTION_WORDS
                ? found(function + " function words, limit " + FUNCTION_WORDS)
                : Optional.empty();
    }

    private static Optional<Finding> symbols(String text, int words) {
        long hashes = text.chars().filter(c -> c == '#').count();
        long ellipses = text.split("\\.\\.\\.|…", -1).length - 1L;
        double share = (double) Math.max(hashes, ellipses) / words;
        return share > SYMBOLS
                ? Optional.of(Finding.share(REASON, "symbols a word", share, SYMBOLS))
                : Optional.empty();
    }

    private static Optional<Finding> marks(List<String> lines) {
        double bullets = share(lines, line -> line.startsWith("•") || line.startsWith("-") || line.startsWith("*"));
        if (bullets > BULLETS) {
            return Optional.of(Finding.share(REASON, "lines of lists", bullets, BULLETS));
        }
        double cut = share(lines, line -> line.endsWith("...") || line.endsWith("…"));
        return cut > ELLIPSES
                ? Optional.of(Finding.share(REASON, "lines that break off", cut, ELLIPSES))
                : Optional.empty();
    }

    private static double share(List<String> lines, java.util.function.Predicate<String> mark) {
        return lines.isEmpty() ? 0 : (double) lines.stream().filter(mark).count() / lines.size();
    }

    private static Optional<Finding> found(String detail) {
        return Optional.of(new Finding(REASON, detail));
    }
}
