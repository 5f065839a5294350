package dev.quipu.kg.text;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One search in stages. The first knows words, vectors and titles. Each further one follows the links of the best
 * candidates of the one before, walks the network from them, and ranks anew: so the second reaches what is one hop away
 * and the third what is two. What a stage thinks of features is a {@link RankStage}.
 */
final class Search {
    private static final int NEAREST = 40;
    private static final int NAMESAKES = 20;

    private final Asked asked;
    private final Map<Integer, Candidate> pool = new HashMap<>();
    private final List<Candidate> candidates = new ArrayList<>();

    /** The candidates by words, vectors and titles. */
    Search(Asked asked) {
        this.asked = asked;
        first(asked.words().best());
        first(asked.meaning().best());
        for (int entity : asked.entities()) {
            int[] titled = asked.snapshot().mentions().titledBy(entity);
            for (int i = 0; i < titled.length && i < NAMESAKES; i++) {
                if (asked.allows(titled[i])) {
                    candidate(titled[i]);
                }
            }
        }
    }

    private void first(int[] best) {
        for (int i = 0; i < best.length && i < NEAREST; i++) {
            candidate(best[i]);
        }
    }

    /** A passage as a candidate, taken in if it was none. */
    Candidate candidate(int passage) {
        Candidate known = pool.get(passage);
        if (known != null) {
            return known;
        }
        Candidate made = new Candidate(passage, asked.held(passage));
        describe(made);
        pool.put(passage, made);
        candidates.add(made);
        return made;
    }

    private void describe(Candidate candidate) {
        int passage = candidate.passage;
        Lexicon lexicon = asked.snapshot().lexicon();
        Scores words = asked.words();
        candidate.set(Feature.WORDS, words.of(passage) / Math.max(words.most(), 1e-9f));
        candidate.set(Feature.WORDS_RANK, words.byRank(passage));
        candidate.set(Feature.WORDS_SPREAD, words.spread(passage) / 5);
        if (asked.dense()) {
            Scores meaning = asked.meaning();
            candidate.set(Feature.COSINE, meaning.of(passage));
            candidate.set(Feature.COSINE_GAP, meaning.most() - meaning.of(passage));
            candidate.set(Feature.COSINE_RANK, meaning.byRank(passage));
            candidate.set(Feature.COSINE_SPREAD, meaning.spread(passage) / 3);
        }
        candidate.set(Feature.COVERAGE, asked.share(candidate.held));
        float best = 0;
        for (int[] sentence : lexicon.sentences(passage)) {
            best = Math.max(best, asked.share(asked.among(sentence)));
        }
        candidate.set(Feature.SENTENCE_COVERAGE, best);
        candidate.set(Feature.LENGTH, (float) Math.log(lexicon.length(passage) + 1.0) / 5);
        describeTitle(candidate);
    }

    private void describeTitle(Candidate candidate) {
        Lexicon lexicon = asked.snapshot().lexicon();
        Mentions mentions = asked.snapshot().mentions();
        float all = 1e-9f;
        float shared = 0;
        for (int term : lexicon.title(candidate.passage)) {
            all += lexicon.rarity(term);
            shared += asked.asks(term) ? lexicon.rarity(term) : 0;
        }
        candidate.set(Feature.TITLE_COVERAGE, shared / all);
        for (int entity : mentions.titleOf(candidate.passage)) {
            if (asked.entities().contains(entity)) {
                candidate.raise(Feature.TITLE_NAMED, 1f / mentions.titledBy(entity).length);
            }
        }
    }

    /** Ranks the candidates. */
    void rank(RankStage stage) {
        double best = Double.NEGATIVE_INFINITY;
        for (Candidate candidate : candidates) {
            candidate.score = stage.score(candidate.features);
            best = Math.max(best, candidate.score);
        }
        for (Candidate candidate : candidates) {
            candidate.standing = (float) Math.exp(candidate.score - best);
        }
    }

    /** Marks how the candidates stand now as what words and vectors alone think. */
    void markFirst() {
        List<Candidate> ranked = ranked(Integer.MAX_VALUE);
        for (int i = 0; i < ranked.size(); i++) {
            ranked.get(i).firstRank = i;
        }
    }

    /** Follows links of the best and walks from them, for the next stage. */
    void expand() {
        for (Candidate candidate : candidates) {
            candidate.set(Feature.BEFORE, (float) candidate.score);
        }
        float least =
                (float) candidates.stream().mapToDouble(c -> c.score).min().orElse(0);
        int known = candidates.size();
        new Expansion(asked, this).run();
        for (int i = known; i < candidates.size(); i++) {
            candidates.get(i).set(Feature.BEFORE, least);
        }
    }

    List<Candidate> candidates() {
        return candidates;
    }

    /** The best candidates of the last stage. */
    List<Candidate> ranked(int most) {
        return candidates.stream()
                .sorted(Comparator.comparingDouble((Candidate c) -> -c.score).thenComparingInt(c -> c.passage))
                .limit(most)
                .toList();
    }
}
