package dev.quipu.training.data;

import dev.quipu.training.data.Fingerprints.Lanes;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.IntFunction;

/**
 * Finds copies among more texts than fit into memory.
 *
 * <p>Each text leaves a fingerprint in a file, 144 bytes; the search takes 16 bytes of heap a text. For each lane of the
 * fingerprints the numbers are sorted, so that texts with the same number lie side by side: these are candidates. The
 * signatures rule out most of them, and the texts themselves decide: a copy is never taken for one because of its hashes.
 *
 * <p>Not thread-safe. {@snippet :
 * try (NearDuplicates search = new NearDuplicates(folder.resolve("prints"), Deduplication.STANDARD)) {
 *     texts.forEach(text -> search.add(text, "", 0));
 *     Duplicates found = search.find(texts::get);
 * }
 * }
 */
public final class NearDuplicates implements AutoCloseable {
    /** Originals that a text is compared with in one lane: a phrase that a million tickets share must not cost a billion. */
    private static final int MOST_COMPARED = 32;

    /** More than three standard deviations of an estimate by 128 values. */
    private static final double DOUBT = 0.15;

    /** More than two. */
    private static final double KIN_DOUBT = 0.1;

    private final Deduplication rules;
    private final Fingerprints prints;

    /**
     * @param file the fingerprints; it may be deleted after {@link #close}
     * @throws DataException if it cannot be written
     */
    public NearDuplicates(Path file, Deduplication rules) {
        this.rules = rules;
        prints = new Fingerprints(file);
    }

    /**
     * Adds the next text.
     *
     * @param group texts with the same one stay together; empty for none
     * @param place any number, given back by {@link #place}
     * @throws DataException if the file cannot be written
     */
    public void add(String text, String group, long place) {
        prints.add(Canonical.of(text), group, place);
    }

    public int size() {
        return prints.size();
    }

    /** What was given with a text; no text can be added after the first call. */
    public long place(int id) {
        return prints.place(id);
    }

    /** The Jaccard similarity of two texts' pieces, which is what decides. */
    public static double similarity(String text, String other) {
        return Shingles.jaccard(Shingles.set(Canonical.of(text)), Shingles.set(Canonical.of(other)));
    }

    /**
     * Searches; no text can be added after it.
     *
     * @param texts gives a text by its number
     */
    public Duplicates find(IntFunction<String> texts) {
        Duplicates found = new Duplicates(prints.size());
        Comparison comparison = new Comparison(texts, found);
        long[] sorted = new long[prints.size()];
        search(Lanes.TEXT, sorted, (from, to) -> compare(true, sorted, from, to, comparison));
        if (rules.near() <= 1) {
            search(Lanes.WIDE, sorted, (from, to) -> compare(false, sorted, from, to, comparison));
        }
        if (rules.kin() < rules.near()) {
            search(Lanes.NARROW, sorted, (from, to) -> joinAlike(sorted, from, to, found));
        }
        search(Lanes.GROUP, sorted, (from, to) -> join(sorted, from, to, found));
        return found;
    }

    /** Texts from one place to another that have a number in common. */
    private interface Run {
        void accept(int from, int to);
    }

    /** The number stands in the upper half, the text in the lower, so that one sort of plain longs does it. */
    private void search(Lanes lanes, long[] sorted, Run run) {
        for (int lane = 0; lane < lanes.count(); lane++) {
            for (int id = 0; id < sorted.length; id++) {
                sorted[id] = (long) prints.lane(id, lanes, lane) << 32 | id;
            }
            Arrays.sort(sorted);
            for (int from = 0; from < sorted.length; ) {
                int to = from + 1;
                while (to < sorted.length && sorted[to] >> 32 == sorted[from] >> 32) {
                    to++;
                }
                if (to > from + 1) {
                    run.accept(from, to);
                }
                from = to;
            }
        }
    }

    private static void join(long[] sorted, int from, int to, Duplicates found) {
        for (int i = from + 1; i < to && sorted[from] >> 32 != 0; i++) {
            found.join((int) sorted[from], (int) sorted[i]);
        }
    }

    /** By the signatures alone: a family that is too large does no harm, so the doubt is on its side. */
    private void joinAlike(long[] sorted, int from, int to, Duplicates found) {
        for (int i = from + 1; i < to; i++) {
            int id = (int) sorted[i];
            for (int j = Math.max(from, i - MOST_COMPARED); j < i && !found.isCopy(id); j++) {
                int other = (int) sorted[j];
                if (found.family(id) != found.family(other)
                        && !found.isCopy(other)
                        && prints.similarity(id, other) >= rules.kin() - KIN_DOUBT) {
                    found.join(id, other);
                }
            }
        }
    }

    private static void compare(boolean equal, long[] sorted, int from, int to, Comparison comparison) {
        int[] originals = new int[MOST_COMPARED];
        int count = 0;
        for (int i = from; i < to; i++) {
            int id = (int) sorted[i];
            if (!comparison.found.isCopy(id)
                    && !comparison.isCopyOfAny(id, originals, Math.min(count, MOST_COMPARED), equal)) {
                originals[count++ % MOST_COMPARED] = id;
            }
        }
    }

    /** Comparisons within a run of candidates. */
    private final class Comparison {
        private final IntFunction<String> texts;
        private final Duplicates found;

        Comparison(IntFunction<String> texts, Duplicates found) {
            this.texts = texts;
            this.found = found;
        }

        boolean isCopyOfAny(int id, int[] originals, int count, boolean equal) {
            String text = "";
            int[] set = {};
            for (int i = 0; i < count; i++) {
                int other = originals[i];
                if (!worth(id, other, equal)) {
                    continue;
                }
                if (text.isEmpty()) {
                    text = Canonical.of(texts.apply(id));
                    set = equal ? set : Shingles.set(text);
                }
                String original = Canonical.of(texts.apply(other));
                double similarity =
                        text.equals(original) ? 1 : equal ? 0 : Shingles.jaccard(set, Shingles.set(original));
                if (text.equals(original) || similarity >= rules.near()) {
                    found.copy(id, other, text.equals(original));
                    return true;
                }
            }
            return false;
        }

        private boolean worth(int id, int other, boolean equal) {
            return equal || prints.similarity(id, other) >= rules.near() - DOUBT;
        }
    }

    @Override
    public void close() {
        prints.close();
    }
}
