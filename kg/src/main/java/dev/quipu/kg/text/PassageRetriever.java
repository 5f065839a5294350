package dev.quipu.kg.text;

import dev.quipu.Language;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.function.Supplier;

/**
 * Finds the passages that answer a question, also where one has to be read to know which other one is wanted. No language
 * model takes part. Thread-safe; each search sees one state of the corpus.
 */
public final class PassageRetriever {
    private final Supplier<Snapshot> corpus;
    private final NameFinder names;
    private final Map<Language, PassageEmbedder> embedders;
    private final Ranking ranking;

    PassageRetriever(
            Supplier<Snapshot> corpus, NameFinder names, Map<Language, PassageEmbedder> embedders, Ranking ranking) {
        this.corpus = corpus;
        this.names = names;
        this.embedders = Map.copyOf(embedders);
        this.ranking = ranking;
    }

    public PassageRetriever withRanking(Ranking other) {
        return new PassageRetriever(corpus, names, embedders, other);
    }

    /**
     * The best passages for a question, best first.
     *
     * @param most how many at most
     */
    public List<FoundPassage> find(String question, int most, PassageFilter filter) {
        Asked asked = ask(question, filter, true);
        Search search = ranking.search(asked);
        Paths paths = new Paths(asked);
        return search.ranked(most).stream().map(paths::found).toList();
    }

    /**
     * The best sources for a question, each with its best passage, best first.
     *
     * @param most how many at most
     */
    public List<FoundPassage> findSources(String question, int most, PassageFilter filter) {
        Asked asked = ask(question, filter, true);
        Map<String, Candidate> best = new LinkedHashMap<>();
        for (Candidate candidate : ranking.search(asked).ranked(Integer.MAX_VALUE)) {
            if (best.size() == most) {
                break;
            }
            best.putIfAbsent(asked.snapshot().passage(candidate.passage).source(), candidate);
        }
        Paths paths = new Paths(asked);
        return new ArrayList<>(best.values()).stream().map(paths::found).toList();
    }

    Asked ask(String question, PassageFilter filter, boolean vectors) {
        Snapshot snapshot = corpus.get();
        Optional<PassageVector> vector = vectors
                ? Optional.ofNullable(embedders.get(Language.detect(question))).map(e -> e.question(question))
                : Optional.empty();
        IntPredicate allowed = p -> snapshot.live(p) && filter.shows(snapshot.passage(p));
        return new Asked(snapshot, question, names, vector, allowed);
    }
}
