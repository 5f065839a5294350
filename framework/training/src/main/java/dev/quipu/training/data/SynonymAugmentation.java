package dev.quipu.training.data;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Puts synonyms in place of some words (Wei and Zou, EDA, 2019, of whose four operations this is the one that does not harm
 * the sentence). Of the words that have synonyms each is exchanged with the given probability, and at least one.
 */
public final class SynonymAugmentation implements Augmentation {
    private static final Pattern SINGLE = Pattern.compile("[a-z]+");

    private final Synonyms synonyms;
    private final double share;
    private final Pattern words;

    /** @param share of words with synonyms that are exchanged */
    public SynonymAugmentation(Synonyms synonyms, double share) {
        DataException.require(
                share > 0 && share <= 1,
                "the share of exchanged words is " + share + ", but has to be above 0, at most 1");
        DataException.require(!synonyms.groups().isEmpty(), "the list of synonyms is empty");
        this.synonyms = synonyms;
        this.share = share;
        // Phrases and Chinese words, the longest first, so that a word is not taken for the beginning of a longer one;
        // then any whole word, which is looked up: there may be more of them than a pattern can try.
        words = Pattern.compile(
                Stream.concat(
                                synonyms.groups().keySet().stream()
                                        .filter(word -> !SINGLE.matcher(word).matches())
                                        .sorted(Comparator.comparingInt(String::length)
                                                .reversed()
                                                .thenComparing(w -> w))
                                        .map(SynonymAugmentation::whole),
                                Stream.of("(?<![\\p{L}\\p{N}])" + SINGLE.pattern() + "(?![\\p{L}\\p{N}])"))
                        .collect(Collectors.joining("|")),
                Pattern.CASE_INSENSITIVE);
    }

    private static String whole(String word) {
        String quoted = Pattern.quote(word);
        return word.codePoints().anyMatch(c -> c < 128)
                ? "(?<![\\p{L}\\p{N}])" + quoted + "(?![\\p{L}\\p{N}])"
                : quoted;
    }

    @Override
    public Optional<Content> of(Content content, RandomGenerator random) {
        return Questions.changed(content, text -> exchanged(text, random));
    }

    private Optional<String> exchanged(String text, RandomGenerator random) {
        Matcher matcher = words.matcher(text);
        List<int[]> places = new ArrayList<>();
        while (matcher.find()) {
            if (synonyms.groups().containsKey(matcher.group().toLowerCase(Locale.ROOT))) {
                places.add(new int[] {matcher.start(), matcher.end()});
            }
        }
        if (places.isEmpty()) {
            return Optional.empty();
        }
        int certain = random.nextInt(places.size());
        StringBuilder changed = new StringBuilder();
        int from = 0;
        for (int i = 0; i < places.size(); i++) {
            int[] place = places.get(i);
            if (i == certain || random.nextDouble() < share) {
                String word = text.substring(place[0], place[1]);
                changed.append(text, from, place[0]).append(other(word, random));
                from = place[1];
            }
        }
        return Optional.of(changed.append(text.substring(from)).toString());
    }

    private String other(String word, RandomGenerator random) {
        List<String> others = synonyms.groups().getOrDefault(word.toLowerCase(Locale.ROOT), List.of(word));
        String other = others.get(random.nextInt(others.size()));
        return Character.isUpperCase(word.charAt(0))
                ? Character.toUpperCase(other.charAt(0)) + other.substring(1)
                : other;
    }
}
