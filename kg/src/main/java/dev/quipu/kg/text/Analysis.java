package dev.quipu.kg.text;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a passage says by itself, whatever the rest of the corpus is: computed once and kept, so that a change elsewhere
 * does not read it again.
 *
 * @param sentences the words of the body, sentence by sentence
 * @param sentenceTerms the terms of each sentence
 * @param counts how often each term occurs in title and body
 * @param titleTerms the terms of the title
 * @param titleKeys the names under which its title is known, each with how it stands where that is not the title itself
 * @param names the entities that its body names
 */
record Analysis(
        List<List<String>> sentences,
        List<Set<String>> sentenceTerms,
        Map<String, Integer> counts,
        Set<String> titleTerms,
        Map<String, Optional<Surface>> titleKeys,
        Names names) {
    private static final Pattern BRACKETS = Pattern.compile("\\s*[(（][^)）]*[)）]");
    private static final Pattern LETTERS = Pattern.compile("\\(([\\p{Lu}][\\p{Lu}\\p{N}&.-]{1,9})\\)");
    /** Sentences are bits of a long; the rest of a longer passage counts as the last one. */
    private static final int SENTENCES = 64;

    static Analysis of(Passage passage, NameFinder finder) {
        return of(passage, Names.of(Sentences.of(passage.text()), finder));
    }

    /** As it was written to a store: the names are known. */
    static Analysis of(Passage passage, Names names) {
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

    /** With further names of its passage. */
    Analysis with(Passage passage, List<String> more) {
        Names all = names.with(Sentences.of(passage.text()), more);
        return new Analysis(sentences, sentenceTerms, counts, titleTerms, titleKeys, all);
    }

    static long bit(int sentence) {
        return 1L << Math.min(sentence, SENTENCES - 1);
    }

    private static String plain(String title) {
        String plain = BRACKETS.matcher(title).replaceAll("").strip();
        return plain.isEmpty() ? title : plain;
    }

    /** A title also goes by what stands before its bracket or comma, by its aliases, and by a short form in brackets. */
    private static Map<String, Optional<Surface>> titleKeys(Passage passage) {
        Map<String, Optional<Surface>> keys = new LinkedHashMap<>();
        String title = passage.title();
        keys.put(Terms.key(title), Optional.empty());
        known(keys, MergeRule.WITHOUT_BRACKETS, plain(title));
        int comma = title.indexOf(',');
        if (comma > 0) {
            known(keys, MergeRule.BEFORE_COMMA, title.substring(0, comma));
        }
        passage.aliases().forEach(a -> known(keys, MergeRule.ALIAS, a));
        Matcher letters = LETTERS.matcher(title);
        if (letters.find()) {
            known(keys, MergeRule.LETTERS, letters.group(1));
        }
        keys.remove("");
        return keys;
    }

    private static void known(Map<String, Optional<Surface>> keys, MergeRule rule, String form) {
        keys.putIfAbsent(Terms.key(form), Optional.of(new Surface(rule, form)));
    }

    /** The forms that became entities of other names here. */
    Stream<EntityMerge> merges(Passage passage) {
        // Without a title the first alias is what the others stand for.
        String title = titleKeys.keySet().stream().findFirst().orElse("");
        Stream<EntityMerge> ofTitle = titleKeys.entrySet().stream()
                .filter(k -> !k.getKey().equals(title))
                .flatMap(k -> k.getValue().stream())
                .map(f -> new EntityMerge(f.form(), title, f.rule(), passage.id()));
        Stream<EntityMerge> ofBody = names.forms().entrySet().stream()
                .flatMap(n ->
                        n.getValue().stream().map(f -> new EntityMerge(f.form(), n.getKey(), f.rule(), passage.id())));
        return Stream.concat(ofTitle, ofBody);
    }
}
