package dev.quipu.training.data;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Texts that say the same over and over (Rae et al., Scaling Language Models, 2021, table A1, as datatrove applies it). The
 * shares of lines and paragraphs hold for all languages; those of n-grams are counted over words, or over characters where a
 * language has no spaces. Texts shorter than 50 words are looked at for one thing alone, the same word many times in a row:
 * in a short answer a frequent pair of words is no fault.
 */
final class Repetition {
    private static final double LINES = 0.30;
    private static final double PARAGRAPHS = 0.30;
    private static final double LINE_CHARACTERS = 0.20;
    private static final double[] TOP = {0.20, 0.18, 0.16};
    private static final double[] REPEATED = {0.15, 0.14, 0.13, 0.12, 0.11, 0.10};
    private static final int SHORT = 50;
    private static final int RUN = 12;
    private static final String REASON = "repetition";

    private Repetition() {}

    static Optional<Finding> find(Reading reading) {
        int run = longestRun(reading.words());
        if (run >= RUN) {
            return Optional.of(new Finding(REASON, "the same word " + run + " times in a row"));
        }
        return reading.words().size() < SHORT
                ? Optional.empty()
                : lines(reading).or(() -> grams(reading));
    }

    private static int longestRun(List<String> words) {
        int longest = 0;
        int run = 0;
        for (int i = 0; i < words.size(); i++) {
            run = i > 0 && words.get(i).equals(words.get(i - 1)) ? run + 1 : 1;
            longest = Math.max(longest, run);
        }
        return longest;
    }

    private static Optional<Finding> lines(Reading reading) {
        List<String> paragraphs = reading.paragraphs();
        return above("repeated lines", repeated(reading.lines()), LINES)
                .or(() -> above("repeated paragraphs", repeated(paragraphs), PARAGRAPHS))
                .or(() -> above("characters in repeated lines", characters(reading.lines()), LINE_CHARACTERS));
    }

    private static Optional<Finding> above(String what, double share, double limit) {
        return share > limit ? Optional.of(Finding.share(REASON, what, share, limit)) : Optional.empty();
    }

    private static double repeated(List<String> parts) {
        return parts.isEmpty() ? 0 : 1 - (double) new HashSet<>(parts).size() / parts.size();
    }

    private static double characters(List<String> lines) {
        Set<String> seen = new HashSet<>();
        long all = 0;
        long again = 0;
        for (String line : lines) {
            all += line.length();
            again += seen.add(line) ? 0 : line.length();
        }
        return all == 0 ? 0 : (double) again / all;
    }

    private static Optional<Finding> grams(Reading reading) {
        GramCounts grams = new GramCounts(reading.words());
        double all = grams.characters();
        // Two to four characters make a word, so Chinese is looked at from the longer ones on only.
        for (int n = 2; reading.spaced() && n <= 4; n++) {
            double share = grams.mostByOne(n) / all;
            if (share > TOP[n - 2]) {
                return Optional.of(Finding.share(REASON, "the commonest run of " + n + " words", share, TOP[n - 2]));
            }
        }
        for (int n = 5; n <= 10; n++) {
            double share = grams.repeated(n) / all;
            if (share > REPEATED[n - 5]) {
                return Optional.of(Finding.share(REASON, "repeated runs of " + n + " words", share, REPEATED[n - 5]));
            }
        }
        return Optional.empty();
    }
}
