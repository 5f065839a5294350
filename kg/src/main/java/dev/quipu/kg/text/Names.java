package dev.quipu.kg.text;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The entities that a passage's body names.
 *
 * @param sentences by key, the sentences as bits
 * @param forms by key, how the name stood where that is not the key
 */
record Names(Map<String, Long> sentences, Map<String, SortedSet<Surface>> forms) {
    private static final SortedSet<Surface> NONE = Collections.unmodifiableSortedSet(new TreeSet<>());

    static Names of(List<String> texts, NameFinder finder) {
        Names found = new Names(new LinkedHashMap<>(), new LinkedHashMap<>());
        Map<String, String> first = new LinkedHashMap<>();
        for (int i = 0; i < texts.size(); i++) {
            for (String name : finder.names(texts.get(i))) {
                String key = Terms.key(name);
                if (!key.isEmpty()) {
                    found.found(key, name, i);
                    first.putIfAbsent(key, name);
                }
            }
        }
        found.join(first);
        return found;
    }

    /**
     * A name's last word, or its first, stands for the name where a sentence before has one such name: "Snow" for "Hank
     * Snow". The short name stays beside the long one, for other passages may know it.
     */
    private void join(Map<String, String> first) {
        Map<String, Long> named = new LinkedHashMap<>(sentences);
        for (Map.Entry<String, Long> name : named.entrySet()) {
            String shorter = name.getKey();
            if (shorter.indexOf(' ') >= 0) {
                continue;
            }
            int last = Long.SIZE - 1 - Long.numberOfLeadingZeros(name.getValue());
            List<String> longer = new ArrayList<>();
            named.forEach((key, in) -> {
                if (Long.numberOfTrailingZeros(in) < last
                        && (key.endsWith(" " + shorter) || key.startsWith(shorter + " "))) {
                    longer.add(key);
                }
            });
            if (longer.size() == 1) {
                sentences.merge(longer.getFirst(), name.getValue(), (a, b) -> a | b);
                add(longer.getFirst(), new Surface(MergeRule.SHORT_FORM, Objects.requireNonNull(first.get(shorter))));
            }
        }
    }

    /** With more names, each in the sentences that have it as it is written. */
    Names with(List<String> texts, List<String> more) {
        Names all = new Names(new LinkedHashMap<>(sentences), new LinkedHashMap<>());
        forms.forEach((key, known) -> all.forms.put(key, new TreeSet<>(known)));
        for (String name : more) {
            String key = Terms.key(name);
            for (int i = 0; i < texts.size() && !key.isEmpty(); i++) {
                if (texts.get(i).contains(name)) {
                    all.found(key, name, i);
                }
            }
        }
        return all;
    }

    private void found(String key, String name, int sentence) {
        sentences.merge(key, Analysis.bit(sentence), (a, b) -> a | b);
        if (!Surface.plain(name, key)) {
            add(key, new Surface(MergeRule.SPELLING, name));
        }
    }

    private void add(String key, Surface form) {
        forms.computeIfAbsent(key, k -> new TreeSet<>()).add(form);
    }

    SortedSet<Surface> forms(String key) {
        return forms.getOrDefault(key, NONE);
    }
}
