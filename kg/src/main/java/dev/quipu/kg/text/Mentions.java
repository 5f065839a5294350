package dev.quipu.kg.text;

import dev.quipu.kg.network.Csr;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Which passages mention which entities, and which are titled by them. An entity that a large part of the passages mention
 * says little about any of them: such a hub connects nothing. Immutable, but for the numbering of entities, to which all
 * states of a corpus add.
 *
 * <p>A change reads the passages that come, and of those that stay the ones whose words hold a title that comes or goes.
 */
final class Mentions {
    private static final int SMALLEST_HUB = 50;
    private static final double HUB_SHARE = 0.02;
    private static final int[] NOBODY = {};
    /** With more titles than this share of the passages it is quicker to read all of them again. */
    private static final int MANY_TITLES = 8;

    private final Map<String, Integer> numbers;
    private final String[] keys;
    private final TitleTrie titles;
    private final @Nullable Held[] held;
    private final Inverted titledBy;
    private final Inverted mentionedIn;
    private final int count;
    private final MentionNetwork network;

    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    private record Held(int[] entities, long[] sentences, int[] titles) {}

    private Mentions(
            Map<String, Integer> numbers,
            String[] keys,
            TitleTrie titles,
            @Nullable Held[] held,
            Inverted titledBy,
            Inverted mentionedIn,
            int count) {
        this.numbers = numbers;
        this.keys = keys;
        this.titles = titles;
        this.held = held;
        this.titledBy = titledBy;
        this.mentionedIn = mentionedIn;
        this.count = count;
        this.network = new MentionNetwork(this, held.length, count);
    }

    static Mentions empty() {
        return new Mentions(
                new ConcurrentHashMap<>(),
                new String[0],
                TitleTrie.EMPTY,
                new Held[0],
                Inverted.EMPTY,
                Inverted.EMPTY,
                0);
    }

    /**
     * A state and what it took to get there.
     *
     * @param read the places of passages that stayed and were read again
     */
    record Step(Mentions next, Set<Integer> read) {}

    /**
     * @param lexicon of the next state
     * @param analyses of the passages of the next state, by their place
     */
    Step with(
            Map<Integer, Optional<Analysis>> changed,
            Lexicon lexicon,
            IntFunction<Optional<Analysis>> analyses,
            int size) {
        List<String> names = new ArrayList<>(List.of(keys));
        Map<Integer, int[]> titled = new LinkedHashMap<>();
        changed.forEach((place, passage) -> passage.ifPresent(p -> titled.put(
                place,
                p.titleKeys().keySet().stream().mapToInt(k -> number(k, names)).toArray())));
        Inverted titledNext = titledBy.with(titleChange(changed, titled), names.size());
        Set<String> come = new TreeSet<>();
        Set<String> gone = new TreeSet<>();
        touched(changed, titled).forEach(e -> {
            boolean before = titledBy.of(e).length > 0;
            boolean after = titledNext.of(e).length > 0;
            if (before != after) {
                (after ? come : gone).add(names.get(e));
            }
        });
        TitleTrie trie = titles.with(come, gone);
        Set<Integer> read = new TreeSet<>();
        for (Set<String> moved : List.of(come, gone)) {
            read.addAll(holding(moved, lexicon, size));
        }
        read.removeAll(changed.keySet());
        Set<Integer> all = new TreeSet<>(read);
        all.addAll(changed.keySet());

        @Nullable Held[] next = Arrays.copyOf(held, size);
        Inverted.Change change = new Inverted.Change();
        for (int place : all) {
            Held before = next[place];
            if (before != null) {
                Arrays.stream(before.entities).forEach(e -> change.remove(e, place));
            }
            int[] kept = before == null ? NOBODY : before.titles;
            next[place] = analyses.apply(place)
                    .map(a -> held(named(a, trie), titled.getOrDefault(place, kept), names))
                    .orElse(null);
            Held after = next[place];
            if (after != null) {
                Arrays.stream(after.entities).forEach(e -> change.add(e, place));
            }
        }
        return new Step(
                new Mentions(
                        numbers,
                        names.size() == keys.length ? keys : names.toArray(String[]::new),
                        trie,
                        next,
                        titledNext,
                        mentionedIn.with(change, names.size()),
                        lexicon.count()),
                read);
    }

    private Inverted.Change titleChange(Map<Integer, Optional<Analysis>> changed, Map<Integer, int[]> titled) {
        Inverted.Change change = new Inverted.Change();
        changed.keySet().forEach(p -> Arrays.stream(titleOf(p)).forEach(e -> change.remove(e, p)));
        titled.forEach((p, of) -> Arrays.stream(of).forEach(e -> change.add(e, p)));
        return change;
    }

    private Set<Integer> touched(Map<Integer, Optional<Analysis>> changed, Map<Integer, int[]> titled) {
        Set<Integer> touched = new TreeSet<>();
        changed.keySet().forEach(p -> Arrays.stream(titleOf(p)).forEach(touched::add));
        titled.values().forEach(of -> Arrays.stream(of).forEach(touched::add));
        return touched;
    }

    /** The places of passages whose words may hold one of some titles. */
    private Set<Integer> holding(Set<String> moved, Lexicon lexicon, int size) {
        Set<Integer> places = new TreeSet<>();
        boolean many = moved.size() > Math.max(SMALLEST_HUB, count / MANY_TITLES);
        for (String key : moved) {
            List<String> terms = Terms.terms(List.of(key.split(" ")));
            // A Chinese character by itself is a term only where its neighbours are none.
            boolean everywhere = terms.isEmpty() || terms.stream().anyMatch(t -> Terms.han(t) && t.length() == 1);
            if (many || everywhere) {
                for (int p = 0; p < size; p++) {
                    places.add(p);
                }
                return places;
            }
            Arrays.stream(lexicon.having(terms)).forEach(places::add);
        }
        return places;
    }

    private Held held(Map<String, Long> named, int[] titled, List<String> names) {
        return new Held(
                named.keySet().stream().mapToInt(k -> number(k, names)).toArray(),
                named.values().stream().mapToLong(Long::longValue).toArray(),
                titled);
    }

    /** What a passage names, and the titles of other passages that stand in its sentences. */
    private static Map<String, Long> named(Analysis passage, TitleTrie titles) {
        Map<String, Long> all = new LinkedHashMap<>(passage.names().sentences());
        for (int s = 0; s < passage.sentences().size(); s++) {
            for (String key : titles.find(passage.sentences().get(s))) {
                all.merge(key, Analysis.bit(s), (a, b) -> a | b);
            }
        }
        return all;
    }

    private int number(String key, List<String> names) {
        Integer known = numbers.get(key);
        // The number of a change that was given up may be another key's now.
        if (known != null && known < names.size() && names.get(known).equals(key)) {
            return known;
        }
        names.add(key);
        numbers.put(key, names.size() - 1);
        return names.size() - 1;
    }

    /** Passages are the nodes before the number of places, entities those after. */
    Csr network() {
        return network.csr();
    }

    int entities() {
        return keys.length;
    }

    String key(int entity) {
        return keys[entity];
    }

    Optional<Integer> entity(String key) {
        return Optional.ofNullable(numbers.get(key)).filter(e -> e < keys.length && keys[e].equals(key));
    }

    /** The titles that stand in some words. */
    List<String> titlesIn(List<String> words) {
        return titles.find(words);
    }

    int[] of(int passage) {
        Held of = held[passage];
        return of == null ? NOBODY : of.entities;
    }

    /** The sentences in which a passage mentions each of its entities, as bits. */
    long[] sentencesOf(int passage) {
        return java.util.Objects.requireNonNull(held[passage]).sentences;
    }

    int[] titleOf(int passage) {
        Held of = passage < held.length ? held[passage] : null;
        return of == null ? NOBODY : of.titles;
    }

    /** The passages whose title an entity is. */
    int[] titledBy(int entity) {
        return titledBy.of(entity);
    }

    /** The passages that mention an entity; none for a hub. */
    int[] mentionedIn(int entity) {
        int[] all = mentionedIn.of(entity);
        return all.length > Math.max(SMALLEST_HUB, HUB_SHARE * count) ? NOBODY : all;
    }

    /** How many passages mention an entity. */
    int spread(int entity) {
        return mentionedIn.of(entity).length;
    }
}
