package dev.quipu.server.bench;

import dev.quipu.training.data.NearDuplicates;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Texts of made-up words, few of them frequent and most of them rare, and texts that are like others. */
final class LikeTexts {
    private static final int WORDS = 20_000;

    private final RandomGenerator random;
    private final List<String> words = new ArrayList<>();

    LikeTexts(RandomGenerator random) {
        this.random = random;
        while (words.size() < WORDS) {
            StringBuilder word = new StringBuilder();
            int length = 2 + random.nextInt(9);
            for (int i = 0; i < length; i++) {
                word.append((char) ('a' + random.nextInt(26)));
            }
            words.add(word.toString());
        }
    }

    private String word() {
        double share = random.nextDouble();
        return words.get((int) (WORDS * share * share * share));
    }

    private List<String> list(int characters) {
        List<String> text = new ArrayList<>();
        for (int length = 0; length < characters; length += text.getLast().length() + 1) {
            text.add(word());
        }
        return text;
    }

    String text(int characters) {
        return String.join(" ", list(characters));
    }

    /** A text and another with some of its words exchanged; their similarity is the last above one. */
    List<String> pair(int characters, double similarity) {
        List<String> words = list(characters);
        String one = String.join(" ", words);
        String other = one;
        while (true) {
            words.set(random.nextInt(words.size()), word());
            String changed = String.join(" ", words);
            if (NearDuplicates.similarity(one, changed) < similarity) {
                return List.of(one, other);
            }
            other = changed;
        }
    }
}
