package dev.quipu.kg.text;

import dev.quipu.Language;
import dev.quipu.kg.Fingerprint;
import dev.quipu.kg.GraphStore;
import dev.quipu.kg.text.PassageStore.Change;
import dev.quipu.kg.text.PassageStore.Mention;
import dev.quipu.kg.text.PassageStore.Stored;
import dev.quipu.kg.text.Snapshot.Indexed;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A corpus of documents in a graph, made without a language model: passages mention the entities that their sentences
 * name, and the titles of other documents.
 *
 * <p>Documents are put and deleted by their source. What the graph is does not depend on the order: it is what putting the
 * remaining documents into an empty graph gives, and nothing of a deleted source is found again. A put commits in parts of
 * some thousand documents, each all or nothing; put again after an interruption, it skips what is there.
 *
 * <p>Passages are found by their words at once and by their meaning when {@link #embed} has reached them. Thread-safe;
 * writers wait for each other, searches for nobody. Another process's writes are seen after {@link #refresh()}.
 */
public final class TextGraph {
    private static final int PART = 5_000;
    private static final int VECTORS = 64;

    private final PassageStore store;
    private final NameFinder names;
    private final Map<Language, PassageEmbedder> embedders;
    private final ReentrantLock writing = new ReentrantLock();
    private volatile State state = State.EMPTY;

    /** Hears how far a long work is. */
    @FunctionalInterface
    public interface Progress {
        void done(int done, int of);
    }

    private record State(TreeMap<String, Stored> sources, Snapshot snapshot) {
        static final State EMPTY = new State(new TreeMap<>(), Snapshot.of(List.of()));

        static State of(TreeMap<String, Stored> sources) {
            return new State(
                    sources,
                    Snapshot.of(sources.values().stream()
                            .flatMap(s -> s.passages().stream())
                            .toList()));
        }
    }

    private TextGraph(PassageStore store, NameFinder names, Map<Language, PassageEmbedder> embedders) {
        this.store = store;
        this.names = names;
        this.embedders = Map.copyOf(embedders);
    }

    /** Opens the corpus of a graph; without embedders it is searched by words and links alone. */
    public static TextGraph open(GraphStore store, Map<Language, PassageEmbedder> embedders) {
        return open(store, embedders, NameFinder.standard());
    }

    /** As {@link #open(GraphStore, Map)} with another way to find names. */
    public static TextGraph open(GraphStore store, Map<Language, PassageEmbedder> embedders, NameFinder names) {
        TextGraph graph = new TextGraph(new PassageStore(store), names, embedders);
        graph.store.declare();
        graph.refresh();
        return graph;
    }

    /** Takes in what other processes wrote. */
    public void refresh() {
        writing.lock();
        try {
            Map<String, String> stored = store.fingerprints();
            TreeMap<String, Stored> sources = new TreeMap<>(state.sources());
            boolean changed = sources.keySet().retainAll(stored.keySet());
            List<String> stale = stored.entrySet().stream()
                    .filter(s -> !s.getValue().equals(fingerprint(sources.get(s.getKey()))))
                    .map(Map.Entry::getKey)
                    .toList();
            if (changed || !stale.isEmpty()) {
                sources.putAll(store.read(stale));
                state = State.of(sources);
            }
        } finally {
            writing.unlock();
        }
    }

    private static String fingerprint(@Nullable Stored stored) {
        return stored == null ? "" : stored.fingerprint();
    }

    /**
     * Puts documents in, each in place of what its source held before.
     *
     * @return how many differed from what was there
     */
    public int put(Collection<Document> documents, Progress progress) {
        Map<String, Document> last = new LinkedHashMap<>();
        documents.forEach(d -> last.put(d.source(), d));
        List<Document> all = List.copyOf(last.values());
        int changed = 0;
        for (int i = 0; i < all.size(); i += PART) {
            List<Document> part = all.subList(i, Math.min(all.size(), i + PART));
            writing.lock();
            try {
                changed += putPart(part);
            } finally {
                writing.unlock();
            }
            progress.done(i + part.size(), all.size());
        }
        return changed;
    }

    /** As {@link #put(Collection, Progress)}, unwatched. */
    public int put(Document... documents) {
        return put(List.of(documents), (done, of) -> {});
    }

    private int putPart(List<Document> part) {
        Map<String, Stored> fresh = part.stream()
                .filter(d -> !Fingerprint.of(d.toString())
                        .equals(fingerprint(state.sources().get(d.source()))))
                .collect(Collectors.toMap(Document::source, this::analysed, (a, b) -> b, TreeMap::new));
        if (!fresh.isEmpty()) {
            change(List.of(), fresh);
        }
        return fresh.size();
    }

    private Stored analysed(Document document) {
        List<Indexed> passages = PassageSplitter.split(document).stream()
                .map(p -> new Indexed(p, Analysis.of(p, names), Optional.empty()))
                .toList();
        return new Stored(Fingerprint.of(document.toString()), passages);
    }

    /**
     * Deletes sources with all that came of them.
     *
     * @return how many were there
     */
    public int delete(Collection<String> sources) {
        writing.lock();
        try {
            List<String> present = sources.stream()
                    .distinct()
                    .filter(state.sources()::containsKey)
                    .toList();
            if (!present.isEmpty()) {
                change(present, Map.of());
            }
            return present.size();
        } finally {
            writing.unlock();
        }
    }

    private void change(List<String> gone, Map<String, Stored> put) {
        TreeMap<String, Stored> sources = new TreeMap<>(state.sources());
        gone.forEach(sources::remove);
        sources.putAll(put);
        State next = State.of(sources);
        Map<String, Map<String, Mention>> before = new HashMap<>();
        state.sources().forEach((id, stored) -> {
            if (!put.containsKey(id) && sources.containsKey(id)) {
                stored.passages().forEach(p -> before.put(p.passage().id(), Map.of()));
            }
        });
        Map<String, Map<String, Mention>> kept = mentions(state.snapshot());
        kept.keySet().retainAll(before.keySet());
        List<Mention> gained = new ArrayList<>();
        List<Mention> lost = new ArrayList<>();
        mentions(next.snapshot()).forEach((passage, now) -> {
            Map<String, Mention> then = kept.getOrDefault(passage, Map.of());
            now.values().stream().filter(m -> !m.equals(then.get(m.entity()))).forEach(gained::add);
            then.values().stream().filter(m -> !now.containsKey(m.entity())).forEach(lost::add);
        });
        store.write(new Change(gone, put, gained, lost));
        state = next;
    }

    private static Map<String, Map<String, Mention>> mentions(Snapshot snapshot) {
        Map<String, Map<String, Mention>> all = new HashMap<>();
        Mentions mentions = snapshot.mentions();
        for (int p = 0; p < snapshot.size(); p++) {
            Map<String, Mention> of = new HashMap<>();
            String id = snapshot.passage(p).id();
            Map<String, Long> named = snapshot.passages().get(p).analysis().names();
            int[] entities = mentions.of(p);
            for (int i = 0; i < entities.length; i++) {
                String key = mentions.key(entities[i]);
                of.put(key, new Mention(id, key, mentions.sentencesOf(p)[i], named.getOrDefault(key, 0L)));
            }
            all.put(id, of);
        }
        return all;
    }

    /**
     * Makes the vectors that are missing. Searches and writes go on meanwhile; it may run on a thread of its own, and be
     * interrupted and called again.
     */
    public void embed(Progress progress) {
        Map<Language, List<Passage>> missing = new EnumMap<>(Language.class);
        for (Indexed one : state.snapshot().passages()) {
            Language language = Language.detect(one.passage().text());
            PassageEmbedder embedder = embedders.get(language);
            if (embedder != null
                    && one.vector()
                            .filter(v -> v.space().equals(embedder.name()))
                            .isEmpty()) {
                missing.computeIfAbsent(language, l -> new ArrayList<>()).add(one.passage());
            }
        }
        int all = missing.values().stream().mapToInt(List::size).sum();
        int done = 0;
        for (Map.Entry<Language, List<Passage>> of : missing.entrySet()) {
            PassageEmbedder embedder = java.util.Objects.requireNonNull(embedders.get(of.getKey()));
            List<Passage> passages = of.getValue();
            for (int i = 0; i < passages.size() && !Thread.currentThread().isInterrupted(); i += VECTORS) {
                List<Passage> batch = passages.subList(i, Math.min(passages.size(), i + VECTORS));
                take(batch, embedder.passages(batch));
                done += batch.size();
                progress.done(done, all);
            }
        }
    }

    private void take(List<Passage> batch, List<PassageVector> vectors) {
        writing.lock();
        try {
            Map<String, PassageVector> current = new HashMap<>();
            for (int i = 0; i < batch.size(); i++) {
                Passage passage = batch.get(i);
                Stored stored = state.sources().get(passage.source());
                // What was replaced or deleted meanwhile has another text now, or none.
                if (stored != null
                        && stored.passages().stream().anyMatch(p -> p.passage().equals(passage))) {
                    current.put(passage.id(), vectors.get(i));
                }
            }
            store.write(current);
            state = filled(state, current);
        } finally {
            writing.unlock();
        }
    }

    private static State filled(State state, Map<String, PassageVector> vectors) {
        Snapshot snapshot = state.snapshot().with(vectors);
        TreeMap<String, Stored> sources = new TreeMap<>();
        for (Indexed one : snapshot.passages()) {
            String source = one.passage().source();
            String fingerprint = fingerprint(state.sources().get(source));
            sources.computeIfAbsent(source, s -> new Stored(fingerprint, new ArrayList<>()))
                    .passages()
                    .add(one);
        }
        state.sources().forEach(sources::putIfAbsent);
        return new State(sources, snapshot);
    }

    /** The sources that are there. */
    public List<String> sources() {
        return List.copyOf(state.sources().keySet());
    }

    /** How many passages are there. */
    public int passages() {
        return state.snapshot().size();
    }

    /**
     * What the corpus is about: its largest groups of passages that mention the same things.
     *
     * @param most how many at most
     */
    public List<Topic> topics(int most, PassageFilter filter) {
        return Topics.of(state.snapshot(), most, filter);
    }

    /** Searches this corpus, always as it is at the moment of the search. */
    public PassageRetriever retriever() {
        return new PassageRetriever(() -> state.snapshot(), names, embedders, Ranking.standard());
    }
}
