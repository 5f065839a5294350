package dev.quipu.kg.question;

import dev.quipu.Mention;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

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
        List<Mention> options = found.stream()
                .filter(m -> m.slot().equals("option"))
                .filter(m -> known.isEmpty() || known.contains(m.id()))
                .toList();
        for (Mention option : longest(options)) {
            boolean hidden = things.stream().anyMatch(t -> overlap(t, option));
            if (!hidden) {
                choose(text, option, options, names).ifPresent(chosen::add);
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

    /** One of the options that share a span: the one whose name stands beside it, else any unless the value is weak. */
    private static Optional<Mention> choose(String text, Mention span, List<Mention> all, List<Mention> names) {
        List<Mention> same = all.stream()
                .filter(m -> m.start() == span.start() && m.end() == span.end())
                .toList();
        Optional<Mention> named = same.stream()
                .filter(o -> names.stream().anyMatch(n -> o.id().startsWith(n.id() + "=") && beside(text, n, o)))
                .findFirst();
        String value = text.substring(span.start(), span.end());
        boolean weak = WEAK.matcher(value).matches() && !HAN.matcher(value).matches();
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

    private static boolean overlap(Mention a, Mention b) {
        return a.start() < b.end() && b.start() < a.end();
    }
}
