package dev.quipu.kg.text;

import dev.quipu.kg.network.Csr;
import dev.quipu.kg.network.LabelPropagation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Reads what a corpus is about from the communities of its network. */
final class Topics {
    private static final int NAMES = 8;
    private static final int SUMMARY = 3;
    /** Label propagation needs some order to visit nodes in; a fixed one gives the same topics each time. */
    private static final long SEED = 1;

    private Topics() {}

    /** The largest topics of the passages that a filter shows. */
    static List<Topic> of(Snapshot snapshot, int most, PassageFilter filter) {
        Csr network = shared(snapshot);
        int[] communities = LabelPropagation.communities(network, new SplittableRandom(SEED));
        Map<Integer, List<Integer>> members = new TreeMap<>();
        for (int node = 0; node < communities.length; node++) {
            boolean shown = node >= snapshot.size() || (snapshot.live(node) && filter.shows(snapshot.passage(node)));
            if (shown && network.degree(node) > 0) {
                members.computeIfAbsent(communities[node], c -> new ArrayList<>())
                        .add(node);
            }
        }
        return members.values().stream()
                .map(nodes -> topic(snapshot, network, nodes, filter))
                .filter(t -> t.passages().size() > 1)
                .sorted(Comparator.comparingInt((Topic t) -> -t.passages().size()))
                .limit(most)
                .toList();
    }

    /** Passages and the entities that several of them mention; a title that nobody else mentions holds nothing together. */
    private static Csr shared(Snapshot snapshot) {
        Mentions mentions = snapshot.mentions();
        int passages = snapshot.size();
        int[] entities = IntStream.range(0, mentions.entities())
                .filter(e -> mentions.mentionedIn(e).length > 1)
                .toArray();
        int edges =
                Arrays.stream(entities).map(e -> mentions.mentionedIn(e).length).sum();
        int[] from = new int[edges];
        int[] to = new int[edges];
        float[] weights = new float[edges];
        int next = 0;
        for (int entity : entities) {
            int[] in = mentions.mentionedIn(entity);
            for (int passage : in) {
                from[next] = passage;
                to[next] = passages + entity;
                weights[next++] = (float) Math.log(1 + (double) snapshot.count() / in.length);
            }
        }
        return Csr.of(passages + mentions.entities(), from, to, weights);
    }

    private static Topic topic(Snapshot snapshot, Csr network, List<Integer> nodes, PassageFilter filter) {
        List<Integer> strongest = nodes.stream()
                .sorted(Comparator.comparingDouble((Integer n) -> -network.degree(n))
                        .thenComparingInt(n -> n))
                .toList();
        int passages = snapshot.size();
        Mentions mentions = snapshot.mentions();
        List<Integer> entities = strongest.stream()
                .filter(n -> n >= passages && known(snapshot, n - passages, filter))
                .map(n -> n - passages)
                .limit(NAMES)
                .toList();
        List<Integer> places = strongest.stream().filter(n -> n < passages).toList();
        return new Topic(
                entities.stream().map(mentions::key).toList(),
                places.stream().map(p -> snapshot.passage(p).id()).toList(),
                places.stream()
                        .limit(SUMMARY)
                        .flatMap(p -> sentence(snapshot, p, entities).stream())
                        .distinct()
                        .toList());
    }

    /** The sentence of a passage that mentions the most of some entities, the first of equal ones; none mentions none. */
    private static Optional<String> sentence(Snapshot snapshot, int passage, List<Integer> entities) {
        List<String> sentences = Sentences.of(snapshot.passage(passage).text());
        int[] mentioned = snapshot.mentions().of(passage);
        long[] bits = snapshot.mentions().sentencesOf(passage);
        int most = 0;
        Optional<String> best = Optional.empty();
        for (int s = 0; s < sentences.size(); s++) {
            int count = 0;
            for (int i = 0; i < mentioned.length; i++) {
                count += (bits[i] & Analysis.bit(s)) != 0 && entities.contains(mentioned[i]) ? 1 : 0;
            }
            if (count > most) {
                most = count;
                best = Optional.of(sentences.get(s).strip());
            }
        }
        return best;
    }

    /** A name that only hidden passages hold would tell of them. */
    private static boolean known(Snapshot snapshot, int entity, PassageFilter filter) {
        Mentions mentions = snapshot.mentions();
        return IntStream.concat(Arrays.stream(mentions.mentionedIn(entity)), Arrays.stream(mentions.titledBy(entity)))
                .anyMatch(p -> filter.shows(snapshot.passage(p)));
    }
}
