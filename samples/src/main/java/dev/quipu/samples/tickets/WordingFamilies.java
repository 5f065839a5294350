package dev.quipu.samples.tickets;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Wordings in families, each of which is wholly in one split.
 *
 * <p>Two wordings are of one family if they share most of their words, or are both like a third. A test that held out
 * single wordings would ask for little more than memory: "where is order {order}" beside "where is my order {order}".
 */
final class WordingFamilies {
    /** Share of common words from which on two wordings are alike. */
    static final double ALIKE = 0.6;

    private static final double TEST = 0.3;
    private static final double VALIDATION = 0.1;
    private static final Pattern PLACE = Pattern.compile("\\{[^}]+}");
    private static final Pattern GAP = Pattern.compile("[^a-z']+");

    private WordingFamilies() {}

    /** The wordings of each split: three tenths to test, one to validate, the rest to train. */
    static BySplit<List<String>> split(List<String> wordings, long seed) {
        List<List<String>> families = new ArrayList<>(families(wordings));
        shuffle(families, new SplittableRandom(seed));
        BySplit<List<String>> splits = BySplit.of(split -> new ArrayList<>());
        for (List<String> family : families) {
            splits.get(next(splits, wordings.size())).addAll(family);
        }
        return splits;
    }

    private static Split next(BySplit<List<String>> splits, int all) {
        if (splits.test().size() < TEST * all) {
            return Split.TEST;
        }
        return splits.validation().size() < VALIDATION * all ? Split.VALIDATION : Split.TRAIN;
    }

    private static Collection<List<String>> families(List<String> wordings) {
        List<Set<String>> words = wordings.stream().map(WordingFamilies::words).toList();
        int[] family = new int[wordings.size()];
        for (int i = 0; i < family.length; i++) {
            family[i] = i;
            for (int j = 0; j < i; j++) {
                if (likeness(words.get(i), words.get(j)) >= ALIKE) {
                    int from = family[j];
                    int to = family[i];
                    Arrays.setAll(family, k -> family[k] == from ? to : family[k]);
                }
            }
        }
        Map<Integer, List<String>> found = new LinkedHashMap<>();
        for (int i = 0; i < family.length; i++) {
            found.computeIfAbsent(family[i], k -> new ArrayList<>()).add(wordings.get(i));
        }
        return found.values();
    }

    /** The share of words that two wordings have in common. */
    static double likeness(Set<String> some, Set<String> others) {
        Set<String> common = new HashSet<>(some);
        common.retainAll(others);
        int all = some.size() + others.size() - common.size();
        return all == 0 ? 1 : (double) common.size() / all;
    }

    static Set<String> words(String wording) {
        String plain = PLACE.matcher(wording.toLowerCase(Locale.ROOT)).replaceAll(" ");
        return GAP.splitAsStream(plain).filter(w -> !w.isEmpty()).collect(Collectors.toUnmodifiableSet());
    }

    private static void shuffle(List<?> list, SplittableRandom random) {
        // Not Collections.shuffle: it is free to change from one JDK to the next.
        for (int i = list.size() - 1; i > 0; i--) {
            swap(list, i, random.nextInt(i + 1));
        }
    }

    private static <T> void swap(List<T> list, int i, int j) {
        T kept = list.get(i);
        list.set(i, list.get(j));
        list.set(j, kept);
    }
}
