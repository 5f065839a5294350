package dev.quipu.training.data;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Texts of made-up words, frequent and rare as in a language, and texts that are like others. */
final class Sentences {
    private final SplittableRandom random;
    private final List<String> words = new ArrayList<>();

    Sentences(long seed) {
        random = new SplittableRandom(seed);
        while (words.size() < 20_000) {
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
        return words.get((int) (words.size() * share * share * share));
    }

    List<String> words(int characters) {
        List<String> text = new ArrayList<>();
        for (int length = 0; length < characters; length += text.getLast().length() + 1) {
            text.add(word());
        }
        return text;
    }

    String text(int characters) {
        return String.join(" ", words(characters));
    }

    /** A text and another whose similarity to it is just above one. */
    List<String> pair(int characters, double similarity) {
        List<String> one = words(characters);
        int[] pieces = Shingles.set(String.join(" ", one));
        List<String> other = new ArrayList<>(one);
        String before = String.join(" ", other);
        while (true) {
            other.set(random.nextInt(other.size()), word());
            other.set(random.nextInt(other.size()), word());
            String changed = String.join(" ", other);
            if (Shingles.jaccard(pieces, Shingles.set(changed)) < similarity) {
                return List.of(String.join(" ", one), before);
            }
            before = changed;
        }
    }
}
