package dev.quipu.kg.text;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * A question against a snapshot: its terms, its entities, and each passage's nearness by words and by meaning. The terms
 * are bits of a long, so what a passage holds of the question is one number; terms past the 64th are not told apart.
 */
final class Asked {
    private static final int RANKED = 300;
    private static final int TERMS = 64;

    private final Snapshot snapshot;
    private final IntPredicate allowed;
    private final List<Integer> terms = new ArrayList<>();
    private final float[] rarities;
    private final float total;
    private final Set<Integer> entities = new LinkedHashSet<>();
    private final Scores words;
    private final Scores meaning;
    private final boolean dense;

    Asked(Snapshot snapshot, String question, NameFinder names, Optional<PassageVector> vector, IntPredicate allowed) {
        this.snapshot = snapshot;
        this.allowed = allowed;
        List<String> asked = Terms.words(question);
        Set<String> distinct = new LinkedHashSet<>(Terms.terms(asked));
        float sum = 0;
        for (String term : distinct) {
            Optional<Integer> known = snapshot.lexicon().known(term);
            known.filter(t -> terms.size() < TERMS).ifPresent(terms::add);
            sum += known.map(snapshot.lexicon()::rarity)
                    .orElse(snapshot.lexicon().unknownRarity());
        }
        total = Math.max(sum, 1e-9f);
        rarities = new float[terms.size()];
        for (int i = 0; i < rarities.length; i++) {
            rarities[i] = snapshot.lexicon().rarity(terms.get(i));
        }
        Mentions mentions = snapshot.mentions();
        mentions.titlesIn(asked).forEach(k -> mentions.entity(k).ifPresent(entities::add));
        names.names(question)
                .forEach(n -> mentions.entity(Terms.key(n))
                        .filter(e -> mentions.mentionedIn(e).length > 0)
                        .ifPresent(entities::add));
        words = new Scores(byWords(asked), RANKED, snapshot::live, allowed);
        float[] cosines = vector.map(this::byMeaning).orElseGet(() -> new float[0]);
        dense = cosines.length > 0;
        meaning = new Scores(cosines, RANKED, snapshot::live, allowed);
    }

    private float[] byWords(List<String> asked) {
        float[] scores = new float[snapshot.size()];
        for (String term : Terms.terms(asked)) {
            snapshot.lexicon().known(term).ifPresent(t -> snapshot.lexicon().score(t, scores));
        }
        return scores;
    }

    /** Cosines; passages that have no vector yet count as average ones. None while most have none. */
    private float[] byMeaning(PassageVector question) {
        float[] cosines = new float[snapshot.size()];
        double sum = 0;
        int known = 0;
        for (int p = 0; p < cosines.length; p++) {
            @Nullable PassageVector vector = snapshot.vector(p);
            cosines[p] = Float.NaN;
            if (vector != null && vector.space().equals(question.space())) {
                cosines[p] = vector.cosine(question);
                sum += cosines[p];
                known++;
            }
        }
        if (known * 2 < snapshot.count() || known == 0) {
            return new float[0];
        }
        float average = (float) (sum / known);
        for (int p = 0; p < cosines.length; p++) {
            cosines[p] = Float.isNaN(cosines[p]) ? average : cosines[p];
        }
        return cosines;
    }

    Snapshot snapshot() {
        return snapshot;
    }

    boolean allows(int passage) {
        return allowed.test(passage);
    }

    /** Whether vectors take part. */
    boolean dense() {
        return dense;
    }

    Scores words() {
        return words;
    }

    Scores meaning() {
        return meaning;
    }

    Set<Integer> entities() {
        return entities;
    }

    /** Which of the question's terms a passage holds. */
    long held(int passage) {
        long mask = 0;
        for (int i = 0; i < rarities.length; i++) {
            mask |= snapshot.lexicon().has(passage, terms.get(i)) ? 1L << i : 0;
        }
        return mask;
    }

    /** Which of the question's terms are among some, which are sorted. */
    long among(int[] sorted) {
        long mask = 0;
        for (int i = 0; i < rarities.length; i++) {
            mask |= java.util.Arrays.binarySearch(sorted, terms.get(i)) >= 0 ? 1L << i : 0;
        }
        return mask;
    }

    /** The share of the question, by rarity, that some of its terms are. */
    float share(long mask) {
        float sum = 0;
        for (long rest = mask; rest != 0; rest &= rest - 1) {
            sum += rarities[Long.numberOfTrailingZeros(rest)];
        }
        return sum / total;
    }

    boolean asks(int term) {
        return terms.contains(term);
    }
}
