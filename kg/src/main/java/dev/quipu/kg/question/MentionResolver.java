package dev.quipu.kg.question;

import dev.quipu.Mention;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Chooses among overlapping and ambiguous mentions.
 *
 * <p>A longer mention wins over a shorter one inside it, and things win over their options. An option value is read in
 * the context of the product that the question names: values that this product does not have are dropped, and of several
 * options with the same value ("size large", "room size large") the one whose name stands beside it is taken. Values that
 * are common words ("yes", "high", "8") count only beside their option's name.
 */
final class MentionResolver {
    private static final Pattern BETWEEN =
            Pattern.compile("[\\s:=]*(?:(?:is|of|in|set to|为|是|的)[\\s:=]*)?", Pattern.CASE_INSENSITIVE);
    private static final Pattern WEAK = Pattern.compile(
            "yes|no|none|high|low|medium|large|small|full|half|fixed|light|dark|fresh|art|custom|basic|standard|never|"
                    + "[\\d.]{1,5}|.{1,2}",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern HAN = Pattern.compile("\\p{IsHan}+");
    /** Even of a known product these are options only beside their name: they mean too much else. */
    private static final Pattern WEAKEST = Pattern.compile("yes|no|none|\\d{1,4}|[a-z]{1,2}");

    private final Function<String, Set<String>> optionsOf;

    /** @param optionsOf the ids of the options that a product's variants have */
    MentionResolver(Function<String, Set<String>> optionsOf) {
        this.optionsOf = optionsOf;
    }

    List<Mention> resolve(String text, List<Mention> found) {
        List<Mention> names =
                found.stream().filter(m -> m.slot().equals("option-name")).toList();
        List<Mention> things = longest(found.stream().filter(m -> !isOption(m)).toList());
        Set<String> known = things.stream()
                .filter(m -> m.slot().equals("product"))
                .findFirst()
                .map(m -> optionsOf.apply(m.id()))
                .orElse(Set.of());
        List<Mention> chosen = new ArrayList<>(things);
        List<Mention> options =
                possible(found.stream().filter(m -> m.slot().equals("option")).toList(), known);
        for (Mention option : longest(options)) {
            boolean hidden = things.stream().anyMatch(t -> overlap(t, option));
            if (!hidden) {
                choose(text, option, options, names, known).ifPresent(chosen::add);
            }
        }
        for (Mention name : longest(names)) {
            boolean valid = known.isEmpty() || known.stream().anyMatch(o -> o.startsWith(name.id() + "="));
            if (valid && chosen.stream().noneMatch(m -> overlap(m, name))) {
                chosen.add(name);
            }
        }
        return chosen.stream().sorted(Comparator.comparingInt(Mention::start)).toList();
    }

    /**
     * The options that a known product has. Another value of an option that it has is kept where no better reading of the
     * same words exists: who asks for a yellow one must not be told of the others.
     */
    private static List<Mention> possible(List<Mention> options, Set<String> known) {
        if (known.isEmpty()) {
            return options;
        }
        Set<String> knownNames = known.stream().map(o -> o.split("=", 2)[0]).collect(Collectors.toSet());
        List<Mention> held =
                options.stream().filter(o -> known.contains(o.id())).toList();
        List<Mention> possible = new ArrayList<>(held);
        options.stream()
                .filter(o -> knownNames.contains(name(o)))
                .filter(o -> held.stream().noneMatch(h -> overlap(h, o) && !isLongerValue(o, h)))
                .filter(o -> !isWeak(o.name()))
                .forEach(possible::add);
        return possible;
    }

    private static boolean isWeak(String value) {
        return WEAK.matcher(value).matches() && !HAN.matcher(value).matches();
    }

    /** One of the options that share a span: the one whose name stands beside it, else any unless the value is weak. */
    private static Optional<Mention> choose(
            String text, Mention span, List<Mention> all, List<Mention> names, Set<String> known) {
        List<Mention> same = all.stream()
                .filter(m -> m.start() == span.start() && m.end() == span.end())
                .toList();
        Optional<Mention> named = same.stream()
                .filter(o -> names.stream().anyMatch(n -> o.id().startsWith(n.id() + "=") && beside(text, n, o)))
                .findFirst();
        String value = text.substring(span.start(), span.end());
        boolean weak = known.isEmpty() ? isWeak(value) : WEAKEST.matcher(value).matches();
        return named.isPresent() || weak ? named : same.stream().findFirst();
    }

    private static boolean beside(String text, Mention name, Mention option) {
        if (name.end() <= option.start()) {
            return BETWEEN.matcher(text.substring(name.end(), option.start())).matches();
        }
        return option.end() <= name.start()
                && BETWEEN.matcher(text.substring(option.end(), name.start())).matches();
    }

    /** Mentions that no longer one covers; of equal spans the better score, alternatives of one slot are dropped. */
    private static List<Mention> longest(List<Mention> mentions) {
        List<Mention> sorted = mentions.stream()
                .sorted(Comparator.comparingInt((Mention m) -> m.start() - m.end())
                        .thenComparing(Mention::score, Comparator.reverseOrder()))
                .toList();
        List<Mention> kept = new ArrayList<>();
        for (Mention mention : sorted) {
            if (kept.stream().noneMatch(k -> overlap(k, mention))) {
                kept.add(mention);
            }
        }
        return kept;
    }

    private static boolean isOption(Mention mention) {
        return mention.slot().equals("option") || mention.slot().equals("option-name");
    }

    /** "Dark green" says more of the colour than the "green" in it. */
    private static boolean isLongerValue(Mention option, Mention held) {
        return length(option) > length(held) && name(option).equals(name(held));
    }

    private static String name(Mention option) {
        return option.id().split("=", 2)[0];
    }

    private static int length(Mention mention) {
        return mention.end() - mention.start();
    }

    private static boolean overlap(Mention a, Mention b) {
        return a.start() < b.end() && b.start() < a.end();
    }
}
