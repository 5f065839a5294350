package dev.quipu.kg.text;

import dev.quipu.kg.network.ForwardPush;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a search needs, in memory: one state of the corpus. Passages are numbers here. Immutable, so a search
 * sees one state from its beginning to its end, whatever is written meanwhile.
 */
final class Snapshot {
    private final List<Indexed> passages;
    private final Lexicon lexicon;
    private final Mentions mentions;
    private final @Nullable PassageVector[] vectors;
    /** Walks need scratch memory as large as the network; searches side by side take one each and give it back. */
    private final ConcurrentLinkedQueue<ForwardPush> walks;

    /**
     * A passage with what is known of it.
     *
     * @param vector none until it is embedded
     */
    record Indexed(Passage passage, Analysis analysis, Optional<PassageVector> vector) {}

    private Snapshot(
            List<Indexed> passages, Lexicon lexicon, Mentions mentions, ConcurrentLinkedQueue<ForwardPush> walks) {
        this.passages = passages;
        this.lexicon = lexicon;
        this.mentions = mentions;
        this.walks = walks;
        vectors = passages.stream().map(p -> p.vector().orElse(null)).toArray(PassageVector[]::new);
    }

    static Snapshot of(List<Indexed> passages) {
        List<Analysis> analyses = passages.stream().map(Indexed::analysis).toList();
        return new Snapshot(
                List.copyOf(passages), new Lexicon(analyses), new Mentions(analyses), new ConcurrentLinkedQueue<>());
    }

    /** The same passages with more vectors. */
    Snapshot with(Map<String, PassageVector> more) {
        List<Indexed> filled = new ArrayList<>(passages.size());
        for (Indexed one : passages) {
            PassageVector vector = more.get(one.passage().id());
            filled.add(vector == null ? one : new Indexed(one.passage(), one.analysis(), Optional.of(vector)));
        }
        return new Snapshot(filled, lexicon, mentions, walks);
    }

    int size() {
        return passages.size();
    }

    List<Indexed> passages() {
        return passages;
    }

    Passage passage(int number) {
        return passages.get(number).passage();
    }

    Lexicon lexicon() {
        return lexicon;
    }

    Mentions mentions() {
        return mentions;
    }

    @Nullable
    PassageVector vector(int passage) {
        return vectors[passage];
    }

    /** The cosine of two passages, 0 where it is not known. */
    float cosine(int a, int b) {
        PassageVector first = vectors[a];
        PassageVector second = vectors[b];
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
