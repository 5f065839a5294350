package dev.quipu.kg.text;

import dev.quipu.kg.network.ForwardPush;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a search needs, in memory: one state of the corpus. Passages are numbers here, the places where they
 * are kept; a place is empty after a delete until another passage takes it. Immutable, so a search sees one state from its
 * beginning to its end, whatever is written meanwhile; the next state shares with this one what stayed the same.
 */
final class Snapshot {
    private final @Nullable Indexed[] places;
    private final Lexicon lexicon;
    private final Mentions mentions;
    /** Walks need scratch memory as large as the network; searches side by side take one each and give it back. */
    private final ConcurrentLinkedQueue<ForwardPush> walks;

    /**
     * A passage with what is known of it.
     *
     * @param vector none until it is embedded
     */
    record Indexed(Passage passage, Analysis analysis, Optional<PassageVector> vector) {
        Indexed with(PassageVector made) {
            return new Indexed(passage, analysis, Optional.of(made));
        }
    }

    /**
     * A state and what it took to get there.
     *
     * @param read the places of passages that stayed and may mention something else now
     */
    record Step(Snapshot next, Set<Integer> read) {}

    private Snapshot(
            @Nullable Indexed[] places, Lexicon lexicon, Mentions mentions, ConcurrentLinkedQueue<ForwardPush> walks) {
        this.places = places;
        this.lexicon = lexicon;
        this.mentions = mentions;
        this.walks = walks;
    }

    static Snapshot empty() {
        return new Snapshot(new Indexed[0], Lexicon.empty(), Mentions.empty(), new ConcurrentLinkedQueue<>());
    }

    static Snapshot of(List<Indexed> passages) {
        Map<Integer, Optional<Indexed>> all = new TreeMap<>();
        passages.forEach(p -> all.put(all.size(), Optional.of(p)));
        return empty().with(all, passages.size()).next();
    }

    /**
     * The state after a change.
     *
     * @param changed what each changed place holds then
     * @param size how many places there are then
     */
    Step with(Map<Integer, Optional<Indexed>> changed, int size) {
        @Nullable Indexed[] next = Arrays.copyOf(places, size);
        Map<Integer, Optional<Analysis>> analyses = new TreeMap<>();
        changed.forEach((place, one) -> {
            next[place] = one.orElse(null);
            analyses.put(place, one.map(Indexed::analysis));
        });
        Lexicon words = lexicon.with(analyses, size);
        Mentions.Step names =
                mentions.with(analyses, words, p -> Optional.ofNullable(next[p]).map(Indexed::analysis), size);
        return new Step(new Snapshot(next, words, names.next(), new ConcurrentLinkedQueue<>()), names.read());
    }

    /** The same passages with more vectors, by their ids. */
    Snapshot with(Map<String, PassageVector> more) {
        Map<Integer, PassageVector> placed = new HashMap<>();
        for (int p = 0; p < places.length; p++) {
            Indexed one = places[p];
            PassageVector vector = one == null ? null : more.get(one.passage().id());
            if (vector != null) {
                placed.put(p, vector);
            }
        }
        return withVectors(placed);
    }

    /** The same passages with more vectors, by their places. */
    Snapshot withVectors(Map<Integer, PassageVector> more) {
        @Nullable Indexed[] filled = places.clone();
        more.forEach((place, vector) -> filled[place] = at(place).with(vector));
        return new Snapshot(filled, lexicon, mentions, walks);
    }

    /** How many places there are. */
    int size() {
        return places.length;
    }

    /** How many passages there are. */
    int count() {
        return lexicon.count();
    }

    /** Whether a place has a passage. */
    boolean live(int place) {
        return places[place] != null;
    }

    IntStream live() {
        return IntStream.range(0, places.length).filter(this::live);
    }

    Stream<Indexed> passages() {
        return Arrays.stream(places).filter(Objects::nonNull);
    }

    Indexed at(int place) {
        return Objects.requireNonNull(places[place]);
    }

    Passage passage(int place) {
        return at(place).passage();
    }

    Lexicon lexicon() {
        return lexicon;
    }

    Mentions mentions() {
        return mentions;
    }

    @Nullable
    PassageVector vector(int place) {
        Indexed one = places[place];
        return one == null ? null : one.vector().orElse(null);
    }

    /** The cosine of two passages, 0 where it is not known. */
    float cosine(int a, int b) {
        PassageVector first = vector(a);
        PassageVector second = vector(b);
        return first == null || second == null ? 0 : first.cosine(second);
    }

    ForwardPush borrowWalk() {
        ForwardPush walk = walks.poll();
        return walk == null ? new ForwardPush(mentions.network()) : walk;
    }

    void giveBack(ForwardPush walk) {
        walks.add(walk);
    }
}
