package dev.quipu.kg.text;

import dev.quipu.kg.text.PassageStore.Change;
import dev.quipu.kg.text.PassageStore.Mention;
import dev.quipu.kg.text.PassageStore.Stored;
import dev.quipu.kg.text.Snapshot.Indexed;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/**
 * The corpus in memory: which source has which places of the snapshot. A change is planned, written to the store, and
 * taken only when that succeeded. One writer at a time; readers see the last state that was taken.
 */
final class Corpus {
    private final ConcurrentSkipListMap<String, Held> sources = new ConcurrentSkipListMap<>();
    private final NavigableSet<Integer> free = new TreeSet<>();
    private volatile Snapshot snapshot = Snapshot.empty();

    private record Held(String fingerprint, List<Integer> places) {}

    /** What a change would make of the corpus, and what it asks of the store. */
    record Plan(Change change, Snapshot next, Map<String, List<Integer>> places) {}

    Snapshot snapshot() {
        return snapshot;
    }

    NavigableSet<String> sources() {
        return sources.keySet();
    }

    /** Of what a source holds; empty where it holds nothing. */
    String fingerprint(String source) {
        Held held = sources.get(source);
        return held == null ? "" : held.fingerprint();
    }

    /** What a source holds now; only for the writer. */
    Optional<Stored> stored(String source) {
        return Optional.ofNullable(sources.get(source))
                .map(h -> new Stored(
                        h.fingerprint(), h.places().stream().map(snapshot::at).toList()));
    }

    /** Where a passage is, unless it was replaced or deleted. */
    Optional<Integer> place(Passage passage) {
        Held held = sources.get(passage.source());
        return held == null
                ? Optional.empty()
                : held.places().stream()
                        .filter(p -> snapshot.passage(p).equals(passage))
                        .findFirst();
    }

    void fill(Map<Integer, PassageVector> vectors) {
        snapshot = snapshot.withVectors(vectors);
    }

    Plan plan(Collection<String> gone, Map<String, Stored> put) {
        Map<Integer, Optional<Indexed>> changed = new TreeMap<>();
        NavigableSet<Integer> empty = new TreeSet<>(free);
        List<String> left = new ArrayList<>(gone);
        left.addAll(put.keySet());
        for (String source : left) {
            @Nullable Held held = sources.get(source);
            if (held != null) {
                held.places().forEach(p -> changed.put(p, Optional.empty()));
                empty.addAll(held.places());
            }
        }
        int size = snapshot.size();
        Map<String, List<Integer>> places = new HashMap<>();
        for (Map.Entry<String, Stored> one : put.entrySet()) {
            List<Integer> taken = new ArrayList<>();
            for (Indexed passage : one.getValue().passages()) {
                Integer reused = empty.pollFirst();
                int place = reused == null ? size++ : reused;
                changed.put(place, Optional.of(passage));
                taken.add(place);
            }
            places.put(one.getKey(), taken);
        }
        Snapshot.Step step = snapshot.with(changed, size);
        return new Plan(change(gone, put, changed, step), step.next(), places);
    }

    private Change change(
            Collection<String> gone,
            Map<String, Stored> put,
            Map<Integer, Optional<Indexed>> changed,
            Snapshot.Step step) {
        List<Mention> gained = new ArrayList<>();
        List<Mention> lost = new ArrayList<>();
        changed.forEach((place, passage) -> passage.ifPresent(
                p -> gained.addAll(mentions(step.next(), place).values())));
        for (int place : step.read()) {
            if (step.next().live(place)) {
                Map<String, Mention> then = mentions(snapshot, place);
                Map<String, Mention> now = mentions(step.next(), place);
                now.values().stream()
                        .filter(m -> !m.equals(then.get(m.entity())))
                        .forEach(gained::add);
                then.values().stream().filter(m -> !now.containsKey(m.entity())).forEach(lost::add);
            }
        }
        return new Change(gone, put, gained, lost);
    }

    private static Map<String, Mention> mentions(Snapshot snapshot, int place) {
        Map<String, Mention> of = new HashMap<>();
        Mentions mentions = snapshot.mentions();
        Indexed passage = snapshot.at(place);
        int[] entities = mentions.of(place);
        for (int i = 0; i < entities.length; i++) {
            String key = mentions.key(entities[i]);
            Names names = passage.analysis().names();
            long named = names.sentences().getOrDefault(key, 0L);
            List<String> forms = names.forms(key).stream().map(Surface::text).toList();
            of.put(key, new Mention(passage.passage().id(), key, mentions.sentencesOf(place)[i], named, forms));
        }
        return of;
    }

    void take(Plan plan) {
        plan.change().gone().forEach(this::leave);
        plan.places().keySet().forEach(this::leave);
        plan.places().forEach((source, places) -> {
            String fingerprint = java.util.Objects.requireNonNull(
                            plan.change().put().get(source))
                    .fingerprint();
            sources.put(source, new Held(fingerprint, places));
            free.removeAll(places);
        });
        free.removeIf(p -> p >= plan.next().size());
        snapshot = plan.next();
    }

    private void leave(String source) {
        Held held = sources.remove(source);
        if (held != null) {
            free.addAll(held.places());
        }
    }
}
