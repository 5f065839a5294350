package dev.quipu.kg.text;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The terms of all passages, with BM25 (Robertson and Zaragoza, 2009) over them. Terms are numbers here; sets of them are
 * sorted arrays. Immutable, but for the numbering, to which all states of a corpus add.
 */
final class Lexicon {
    private static final float K1 = 0.9f;
    private static final float B = 0.4f;
    /** How often a passage has a term stands in the low bits of a posting; more often than this adds nothing to BM25. */
    private static final int BITS = 7;

    private static final int MOST = (1 << BITS) - 1;

    private final Map<String, Integer> numbers;
    private final @Nullable Entry[] entries;
    private final int[] lengths;
    private final Inverted postings;
    private final int count;
    private final long total;

    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    private record Entry(int[] terms, int[] counts, int[] title, int[][] sentences) {}

    private Lexicon(
            Map<String, Integer> numbers,
            @Nullable Entry[] entries,
            int[] lengths,
            Inverted postings,
            int count,
            long total) {
        this.numbers = numbers;
        this.entries = entries;
        this.lengths = lengths;
        this.postings = postings;
        this.count = count;
        this.total = total;
    }

    static Lexicon empty() {
        return new Lexicon(new ConcurrentHashMap<>(), new Entry[0], new int[0], Inverted.EMPTY, 0, 0);
    }

    /** @param size how many places for passages there are then */
    Lexicon with(Map<Integer, Optional<Analysis>> changed, int size) {
        @Nullable Entry[] next = Arrays.copyOf(entries, size);
        int[] lengthsThen = Arrays.copyOf(lengths, size);
        Inverted.Change change = new Inverted.Change();
        int live = count;
        long sum = total;
        for (Map.Entry<Integer, Optional<Analysis>> one : changed.entrySet()) {
            int place = one.getKey();
            Entry before = next[place];
            if (before != null) {
                live--;
                sum -= lengthsThen[place];
                for (int i = 0; i < before.terms.length; i++) {
                    change.remove(before.terms[i], posting(place, before.counts[i]));
                }
            }
            next[place] = null;
            lengthsThen[place] = 0;
            if (one.getValue().isPresent()) {
                Analysis passage = one.getValue().get();
                Entry made = entry(passage);
                next[place] = made;
                for (int i = 0; i < made.terms.length; i++) {
                    change.add(made.terms[i], posting(place, made.counts[i]));
                    lengthsThen[place] += made.counts[i];
                }
                live++;
                sum += lengthsThen[place];
            }
        }
        return new Lexicon(numbers, next, lengthsThen, postings.with(change, numbers.size()), live, sum);
    }

    private static int posting(int place, int often) {
        return place << BITS | Math.min(often, MOST);
    }

    private Entry entry(Analysis passage) {
        int[] terms = numbered(passage.counts().keySet());
        int[] counts = new int[terms.length];
        passage.counts().forEach((term, often) -> counts[Arrays.binarySearch(terms, number(term))] = often);
        return new Entry(
                terms,
                counts,
                numbered(passage.titleTerms()),
                passage.sentenceTerms().stream().map(this::numbered).toArray(int[][]::new));
    }

    private int number(String term) {
        Integer known = numbers.get(term);
        if (known != null) {
            return known;
        }
        int made = numbers.size();
        numbers.put(term, made);
        return made;
    }

    private int[] numbered(Collection<String> words) {
        return words.stream().mapToInt(this::number).sorted().toArray();
    }

    /** How many passages there are. */
    int count() {
        return count;
    }

    /** The number of a term that some passage has. */
    Optional<Integer> known(String term) {
        return Optional.ofNullable(numbers.get(term)).filter(t -> postings.of(t).length > 0);
    }

    /** How much a term tells passages apart. */
    float rarity(int term) {
        int spread = postings.of(term).length;
        return (float) Math.log(1 + (count - spread + 0.5) / (spread + 0.5));
    }

    /** What a term that no passage has would be worth. */
    float unknownRarity() {
        return (float) Math.log(1 + count);
    }

    /** Adds the scores of a term to those of passages. */
    void score(int term, float[] scores) {
        float average = count == 0 ? 1 : (float) total / count;
        float rarity = rarity(term);
        for (int posting : postings.of(term)) {
            int place = posting >>> BITS;
            float often = posting & MOST;
            scores[place] += rarity * often * (K1 + 1) / (often + K1 * (1 - B + B * lengths[place] / average));
        }
    }

    /** The places of passages that have all of some terms. */
    int[] having(List<String> terms) {
        int[] all = terms.stream().mapToInt(t -> numbers.getOrDefault(t, -1)).toArray();
        if (Arrays.stream(all).anyMatch(t -> t < 0)) {
            return new int[0];
        }
        int rarest = Arrays.stream(all)
                .boxed()
                .min(java.util.Comparator.comparingInt(t -> postings.of(t).length))
                .orElseThrow();
        return Arrays.stream(postings.of(rarest))
                .map(p -> p >>> BITS)
                .filter(p -> Arrays.stream(all).allMatch(t -> has(p, t)))
                .toArray();
    }

    private Entry at(int place) {
        return java.util.Objects.requireNonNull(entries[place]);
    }

    boolean has(int passage, int term) {
        return Arrays.binarySearch(at(passage).terms, term) >= 0;
    }

    int[] title(int passage) {
        return at(passage).title;
    }

    int[][] sentences(int passage) {
        return at(passage).sentences;
    }

    int length(int passage) {
        return lengths[passage];
    }
}
