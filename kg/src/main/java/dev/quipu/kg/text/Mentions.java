package dev.quipu.kg.text;

import dev.quipu.kg.network.Csr;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which passages mention which entities, and which are titled by them. An entity that a large part of the passages mention
 * says little about any of them: such a hub connects nothing. Immutable.
 */
final class Mentions {
    private static final int SMALLEST_HUB = 50;
    private static final double HUB_SHARE = 0.02;
    private static final float TITLE_WEIGHT = 3;
    private static final int[] NOBODY = {};

    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<String> keys = new ArrayList<>();
    private final TitleTrie titles = new TitleTrie();
    private final int[][] entitiesOf;
    private final long[][] sentencesOf;
    private final int[][] titleOf;
    private final int[][] titledBy;
    private final int[][] mentionedIn;
    private final int[] spread;
    private final Csr network;

    Mentions(List<Analysis> passages) {
        int count = passages.size();
        titleOf = new int[count][];
        for (int p = 0; p < count; p++) {
            titleOf[p] =
                    passages.get(p).titleKeys().stream().mapToInt(this::number).toArray();
        }
        keys.forEach(titles::add);
        entitiesOf = new int[count][];
        sentencesOf = new long[count][];
        for (int p = 0; p < count; p++) {
            Map<String, Long> all = named(passages.get(p));
            entitiesOf[p] = all.keySet().stream().mapToInt(this::number).toArray();
            sentencesOf[p] = all.values().stream().mapToLong(Long::longValue).toArray();
        }
        titledBy = inverted(titleOf, Integer.MAX_VALUE);
        spread = spread();
        mentionedIn = inverted(entitiesOf, (int) Math.max(SMALLEST_HUB, HUB_SHARE * count));
        network = network(count);
    }

    /** What a passage names, and the titles of other passages that stand in its sentences. */
    private Map<String, Long> named(Analysis passage) {
        Map<String, Long> all = new LinkedHashMap<>(passage.names());
        for (int s = 0; s < passage.sentences().size(); s++) {
            for (String key : titles.find(passage.sentences().get(s))) {
                all.merge(key, Analysis.bit(s), (a, b) -> a | b);
            }
        }
        return all;
    }

    private int number(String key) {
        Integer known = numbers.putIfAbsent(key, keys.size());
        if (known == null) {
            keys.add(key);
            return keys.size() - 1;
        }
        return known;
    }

    private int[] spread() {
        int[] counts = new int[keys.size()];
        for (int[] entities : entitiesOf) {
            for (int e : entities) {
                counts[e]++;
            }
        }
        return counts;
    }

    private int[][] inverted(int[][] entities, int most) {
        int[] counts = new int[keys.size()];
        for (int[] of : entities) {
            for (int e : of) {
                counts[e]++;
            }
        }
        int[][] passages = new int[counts.length][];
        for (int e = 0; e < counts.length; e++) {
            passages[e] = counts[e] == 0 || counts[e] > most ? NOBODY : new int[counts[e]];
        }
        int[] next = new int[counts.length];
        for (int p = 0; p < entities.length; p++) {
            for (int e : entities[p]) {
                if (passages[e].length > 0) {
                    passages[e][next[e]++] = p;
                }
            }
        }
        return passages;
    }

    /** Passages are the nodes before {@code count}, entities those after; an edge weighs as its entity is rare. */
    private Csr network(int count) {
        List<int[]> edges = new ArrayList<>();
        List<Float> weights = new ArrayList<>();
        for (int e = 0; e < keys.size(); e++) {
            if (mentionedIn[e].length > 1 || titledBy[e].length > 0) {
                for (int p : mentionedIn[e]) {
                    edges.add(new int[] {p, count + e});
                    weights.add((float) Math.log(1 + (double) count / mentionedIn[e].length));
                }
                for (int p : titledBy[e]) {
                    edges.add(new int[] {p, count + e});
                    weights.add(TITLE_WEIGHT * (float) Math.log(1 + (double) count / titledBy[e].length));
                }
            }
        }
        int[] from = edges.stream().mapToInt(e -> e[0]).toArray();
        int[] to = edges.stream().mapToInt(e -> e[1]).toArray();
        float[] heavy = new float[from.length];
        for (int i = 0; i < heavy.length; i++) {
            heavy[i] = weights.get(i);
        }
        return Csr.of(count + keys.size(), from, to, heavy);
    }

    Csr network() {
        return network;
    }

    int entities() {
        return keys.size();
    }

    String key(int entity) {
        return keys.get(entity);
    }

    Optional<Integer> entity(String key) {
        return Optional.ofNullable(numbers.get(key));
    }

    /** The titles that stand in some words. */
    List<String> titlesIn(List<String> words) {
        return titles.find(words);
    }

    int[] of(int passage) {
        return entitiesOf[passage];
    }

    /** The sentences in which a passage mentions each of its entities, as bits. */
    long[] sentencesOf(int passage) {
        return sentencesOf[passage];
    }

    int[] titleOf(int passage) {
        return titleOf[passage];
    }

    /** The passages whose title an entity is. */
    int[] titledBy(int entity) {
        return titledBy[entity];
    }

    /** The passages that mention an entity; none for a hub. */
    int[] mentionedIn(int entity) {
        return mentionedIn[entity];
    }

    /** How many passages mention an entity. */
    int spread(int entity) {
        return spread[entity];
    }
}
