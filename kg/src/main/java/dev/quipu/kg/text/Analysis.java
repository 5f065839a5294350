package dev.quipu.kg.text;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a passage says by itself, whatever the rest of the corpus is: computed once and kept, so that a change elsewhere
 * does not read it again.
 *
 * @param sentences the words of the body, sentence by sentence
 * @param sentenceTerms the terms of each sentence
 * @param counts how often each term occurs in title and body
 * @param titleTerms the terms of the title
 * @param titleKeys the names under which its title is known
 * @param names the entities that its body names, with the sentences as bits
 */
record Analysis(
        List<List<String>> sentences,
        List<Set<String>> sentenceTerms,
        Map<String, Integer> counts,
        Set<String> titleTerms,
        Set<String> titleKeys,
        Map<String, Long> names) {
    private static final Pattern BRACKETS = Pattern.compile("\\s*[(（][^)）]*[)）]");
    private static final Pattern SHORT_FORM = Pattern.compile("\\(([\\p{Lu}][\\p{Lu}\\p{N}&.-]{1,9})\\)");
    /** Sentences are bits of a long; the rest of a longer passage counts as the last one. */
    private static final int SENTENCES = 64;

    static Analysis of(Passage passage, NameFinder finder) {
        List<String> texts = Sentences.of(passage.text());
        Map<String, Long> names = new LinkedHashMap<>();
        for (int i = 0; i < texts.size(); i++) {
            for (String name : finder.names(texts.get(i))) {
                String key = Terms.key(name);
                if (!key.isEmpty()) {
                    names.merge(key, bit(i), (a, b) -> a | b);
                }
            }
        }
        return of(passage, joined(names));
    }

    /** As it was written to a store: the names are known. */
    static Analysis of(Passage passage, Map<String, Long> names) {
        List<List<String>> sentences =
                Sentences.of(passage.text()).stream().map(Terms::words).toList();
        Map<String, Integer> counts = new HashMap<>();
        List<Set<String>> sentenceTerms = new ArrayList<>();
        for (List<String> sentence : sentences) {
            List<String> terms = Terms.terms(sentence);
            terms.forEach(t -> counts.merge(t, 1, Integer::sum));
            sentenceTerms.add(new HashSet<>(terms));
        }
        Terms.termsOf(passage.title()).forEach(t -> counts.merge(t, 1, Integer::sum));
        Set<String> titleTerms = new HashSet<>(Terms.termsOf(plain(passage.title())));
        return new Analysis(sentences, sentenceTerms, counts, titleTerms, titleKeys(passage), names);
    }

    static long bit(int sentence) {
        return 1L << Math.min(sentence, SENTENCES - 1);
    }

    private static String plain(String title) {
        String plain = BRACKETS.matcher(title).replaceAll("").strip();
        return plain.isEmpty() ? title : plain;
    }

    /** A title also goes by what stands before its bracket or comma, by its aliases, and by a short form in brackets. */
    private static Set<String> titleKeys(Passage passage) {
        Set<String> keys = new LinkedHashSet<>();
        String title = passage.title();
        keys.add(Terms.key(title));
        keys.add(Terms.key(plain(title)));
        int comma = title.indexOf(',');
        if (comma > 0) {
            keys.add(Terms.key(title.substring(0, comma)));
        }
        passage.aliases().forEach(a -> keys.add(Terms.key(a)));
        Matcher shortForm = SHORT_FORM.matcher(title);
        if (shortForm.find()) {
            keys.add(Terms.key(shortForm.group(1)));
        }
        keys.remove("");
        return keys;
    }

    /**
     * A name's last word, or its first, stands for the name where a sentence before has one such name: "Snow" for "Hank
     * Snow". The short name stays beside the long one, for other passages may know it.
     */
    private static Map<String, Long> joined(Map<String, Long> names) {
        Map<String, Long> joined = new LinkedHashMap<>(names);
        for (Map.Entry<String, Long> name : names.entrySet()) {
            String shorter = name.getKey();
            if (shorter.indexOf(' ') >= 0) {
                continue;
            }
            int last = Long.SIZE - 1 - Long.numberOfLeadingZeros(name.getValue());
            List<String> longer = names.entrySet().stream()
                    .filter(n -> Long.numberOfTrailingZeros(n.getValue()) < last)
                    .map(Map.Entry::getKey)
                    .filter(n -> n.endsWith(" " + shorter) || n.startsWith(shorter + " "))
                    .toList();
            if (longer.size() == 1) {
                joined.merge(longer.getFirst(), name.getValue(), (a, b) -> a | b);
            }
        }
        return joined;
    }
}
