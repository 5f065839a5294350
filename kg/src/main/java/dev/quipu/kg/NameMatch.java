package dev.quipu.kg;

import dev.quipu.kg.Gazetteer.Token;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How well a name stands in a text.
 *
 * @param start first character of the words that match
 * @param end one past the last one
 * @param score the part of the name's letters that the text has, less what is misspelt
 */
record NameMatch(int start, int end, double score) {
    /** Words that may stand between the words of a name. */
    private static final int BETWEEN = 2;

    /** The match of a name against words of a text, in any order but close together; none when no word matches. */
    static Optional<NameMatch> of(String name, List<Token> words) {
        List<String> parts =
                Gazetteer.tokens(name).stream().map(Token::word).distinct().toList();
        double letters = parts.stream().mapToInt(String::length).sum();
        @Nullable NameMatch best = null;
        for (int from = 0; from < words.size(); from++) {
            int to = Math.min(words.size(), from + parts.size() + BETWEEN);
            NameMatch here = within(parts, words.subList(from, to), letters);
            if (here.score() > 0 && (best == null || here.score() > best.score())) {
                best = here;
            }
        }
        return Optional.ofNullable(best);
    }

    private static NameMatch within(List<String> parts, List<Token> words, double letters) {
        double matched = 0;
        int start = Integer.MAX_VALUE;
        int end = 0;
        for (String part : parts) {
            int fewest = Integer.MAX_VALUE;
            @Nullable Token nearest = null;
            for (Token word : words) {
                int edits = Gazetteer.misspelling(part, word.word());
                if (edits >= 0 && edits < fewest) {
                    fewest = edits;
                    nearest = word;
                }
            }
            if (nearest != null) {
                matched += part.length() - fewest;
                start = Math.min(start, nearest.start());
                end = Math.max(end, nearest.end());
            }
        }
        return new NameMatch(start, end, matched / letters);
    }
}
