package dev.quipu.server.bench;

import dev.quipu.llama.Engine;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/** Prompts of a wanted number of tokens, made of common words that a seed chooses. */
final class Texts {
    private static final List<String> WORDS = List.of(
            "the", "of", "and", "to", "in", "is", "that", "for", "it", "as", "was", "with", "be", "by", "on", "not",
            "he", "this", "are", "or", "his", "from", "at", "which", "but", "have", "an", "had", "they", "you", "were",
            "their", "one", "all", "we", "can", "her", "has", "there", "been", "if", "more", "when", "will", "would",
            "who", "so", "no", "out", "up", "time", "people", "water", "long", "day", "part", "place", "work", "year",
            "back", "name");

    private final Engine engine;
    private final RandomGenerator random;

    Texts(Engine engine, RandomGenerator random) {
        this.engine = engine;
        this.random = random;
    }

    /** A text of about so many tokens, no two alike. */
    String of(int tokens) {
        StringBuilder text = new StringBuilder();
        int[] found = {};
        while (found.length < tokens) {
            for (int i = found.length; i <= tokens; i += 2) {
                text.append(WORDS.get(random.nextInt(WORDS.size()))).append(' ');
            }
            found = engine.tokenize(text.toString(), false);
        }
        return engine.detokenize(Arrays.copyOf(found, tokens), false);
    }
}
