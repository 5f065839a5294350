package dev.quipu.kg.text;

import dev.quipu.Language;
import dev.quipu.kg.Fingerprint;
import dev.quipu.kg.GraphStore;
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
    private final Corpus corpus = new Corpus();

    /** Hears how far a long work is. */
    @FunctionalInterface
    public interface Progress {
        void done(int done, int of);
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
            List<String> gone = corpus.sources().stream()
                    .filter(s -> !stored.containsKey(s))
                    .toList();
            List<String> stale = stored.entrySet().stream()
                    .filter(s -> !s.getValue().equals(corpus.fingerprint(s.getKey())))
                    .map(Map.Entry::getKey)
                    .toList();
            if (!gone.isEmpty() || !stale.isEmpty()) {
                corpus.take(corpus.plan(gone, store.read(stale)));
            }
        } finally {
            writing.unlock();
        }
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
                .filter(d -> !Fingerprint.of(d.toString()).equals(corpus.fingerprint(d.source())))
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
                    .filter(corpus.sources()::contains)
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
        Corpus.Plan plan = corpus.plan(gone, put);
        store.write(plan.change());
        corpus.take(plan);
    }

    /**
     * Makes the vectors that are missing. Searches and writes go on meanwhile; it may run on a thread of its own, and be
     * interrupted and called again.
     */
    public void embed(Progress progress) {
        Map<Language, List<Passage>> missing = new EnumMap<>(Language.class);
        for (Indexed one : corpus.snapshot().passages().toList()) {
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

    /**
     * Adds names that a reader finds, source by source. It goes on where an earlier call of the same reader ended, and
     * reads again what is put again. Searches and writes go on meanwhile. What it finds links passages; a question's own
     * names are found as ever. Other processes see it when they open the graph anew.
     *
     * @param by the reader's name, for example the model's
     * @param most the budget in passages; a source is read whole, so that a first one that is larger exceeds it
     * @return how many passages were read
     */
    public int extract(NameReader reader, String by, int most, Progress progress) {
        return new Extraction(store, corpus, writing).run(reader, by, most, progress);
    }

    private void take(List<Passage> batch, List<PassageVector> vectors) {
        writing.lock();
        try {
            Map<String, PassageVector> current = new HashMap<>();
            Map<Integer, PassageVector> placed = new HashMap<>();
            for (int i = 0; i < batch.size(); i++) {
                PassageVector vector = vectors.get(i);
                // What was replaced or deleted meanwhile has another text now, or none.
                corpus.place(batch.get(i)).ifPresent(p -> {
                    current.put(corpus.snapshot().passage(p).id(), vector);
                    placed.put(p, vector);
                });
            }
            store.write(current);
            corpus.fill(placed);
        } finally {
            writing.unlock();
        }
    }

    /** The sources that are there. */
    public List<String> sources() {
        return List.copyOf(corpus.sources());
    }

    /** How many passages are there. */
    public int passages() {
        return corpus.snapshot().count();
    }

    /**
     * What the corpus is about: its largest groups of passages that mention the same things.
     *
     * @param most how many at most
     */
    public List<Topic> topics(int most, PassageFilter filter) {
        return Topics.of(corpus.snapshot(), most, filter);
    }

    /**
     * The audit of merged names: forms that became entities of other names, by what rule and where.
     *
     * @param entity only those of this name, in any of its spellings; empty for all
     * @param most how many at most
     */
    public List<EntityMerge> merges(String entity, int most, PassageFilter filter) {
        String key = Terms.key(entity);
        return corpus.snapshot()
                .passages()
                .filter(p -> filter.shows(p.passage()))
                .flatMap(p -> p.analysis().merges(p.passage()))
                .filter(m -> entity.isBlank()
                        || m.entity().equals(key)
                        || Terms.key(m.form()).equals(key))
                .limit(most)
                .toList();
    }

    /** Searches this corpus, always as it is at the moment of the search. */
    public PassageRetriever retriever() {
        return new PassageRetriever(corpus::snapshot, names, embedders, Ranking.standard());
    }
}
