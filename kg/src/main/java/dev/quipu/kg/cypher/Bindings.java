package dev.quipu.kg.cypher;

import dev.quipu.Mention;
import dev.quipu.kg.cypher.Exposure.Place;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a written query may use of its question: the things that the linker found, as parameters, and the numbers in it.
 *
 * @param values the things; the first of a slot is {@code $product}, the second {@code $product2}
 * @param numbers the numbers, as they are written in a query
 */
public record Bindings(List<LinkedValue> values, Set<String> numbers) {
    /** The parameter that holds who asks; no value has its name. */
    static final String CUSTOMER = "customer";

    static final String TENANT = "tenant";

    private static final Pattern NUMBER = Pattern.compile("(?<![\\w#.])\\d[\\d,]*(?:\\.\\d+)?(?![\\w]*\\d)");
    private static final List<String> ENGLISH =
            List.of("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten");
    private static final String CHINESE = "零一二三四五六七八九十";
    /** "More than once", "none", "a pair": these need no figure in the question. */
    private static final List<String> ALWAYS = List.of("0", "1", "2");

    public Bindings {
        values = List.copyOf(values);
        numbers = java.util.Collections.unmodifiableSet(new TreeSet<>(numbers));
    }

    /**
     * A thing that the question names.
     *
     * @param name the parameter's name
     * @param slot the kind of thing, for the linker
     * @param place the property that has the value
     * @param shown how the graph calls it
     */
    public record LinkedValue(String name, String slot, Place place, String value, String shown) {}

    /** Of a question and what was linked in it. */
    public static Bindings of(String question, List<Mention> mentions, Exposure exposure) {
        List<LinkedValue> values = new ArrayList<>();
        Map<String, Integer> counts = new LinkedHashMap<>();
        StringBuilder rest = new StringBuilder(question);
        for (Mention mention : mentions) {
            Optional<Place> place = Optional.ofNullable(exposure.slots().get(mention.slot()))
                    .filter(p -> !isWordOfQueries(question, mention, exposure));
            boolean known = values.stream()
                    .anyMatch(v -> v.value().equals(mention.id()) && v.place().equals(place.orElse(null)));
            if (place.isPresent() && !known) {
                int count = counts.merge(mention.slot(), 1, Integer::sum);
                values.add(new LinkedValue(
                        name(mention.slot(), count), mention.slot(), place.get(), mention.id(), mention.name()));
            }
            if (place.isPresent()) {
                // The digits of a name are no numbers of the question.
                for (int i = mention.start(); i < Math.min(mention.end(), rest.length()); i++) {
                    rest.setCharAt(i, ' ');
                }
            }
        }
        return new Bindings(values, numbers(rest.toString()));
    }

    /** "Lowest" is no option called "low": a part of a word that queries are made of names nothing. */
    private static boolean isWordOfQueries(String question, Mention mention, Exposure exposure) {
        String text = question.toLowerCase(java.util.Locale.ROOT);
        return mention.how() != Mention.Stage.ID
                && Stream.concat(exposure.cues().stream(), exposure.words().stream())
                        .anyMatch(word -> {
                            int from = text.lastIndexOf(word, mention.start());
                            return from >= 0 && from + word.length() >= mention.end();
                        });
    }

    private static String name(String slot, int count) {
        StringBuilder name = new StringBuilder();
        boolean upper = false;
        for (int i = 0; i < slot.length(); i++) {
            char c = slot.charAt(i);
            if (c == '-') {
                upper = true;
            } else {
                name.append(upper ? Character.toUpperCase(c) : c);
                upper = false;
            }
        }
        return count == 1 ? name.toString() : name.toString() + count;
    }

    private static Set<String> numbers(String text) {
        Set<String> numbers = new TreeSet<>(ALWAYS);
        Matcher figures = NUMBER.matcher(text);
        while (figures.find()) {
            numbers.add(plain(figures.group()));
        }
        String lower = text.toLowerCase(java.util.Locale.ROOT);
        for (int i = 3; i < ENGLISH.size(); i++) {
            if (lower.matches("(?s).*\\b" + ENGLISH.get(i) + "\\b.*") || text.indexOf(CHINESE.charAt(i)) >= 0) {
                numbers.add(String.valueOf(i));
            }
        }
        return numbers;
    }

    static String plain(String number) {
        String digits = number.replace(",", "");
        return digits.length() > 15
                ? digits.substring(0, 15)
                : new java.math.BigDecimal(digits).stripTrailingZeros().toPlainString();
    }

    Optional<LinkedValue> value(String name) {
        return values.stream().filter(v -> v.name().equals(name)).findFirst();
    }
}
