package dev.quipu.llama.grammar;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** What the rules of a grammar amount to: their size, whether they can be followed, and whether they come to an end. */
final class Shape {
    /** More than any grammar may have; sizes stop growing here. */
    private static final long HUGE = 1L << 40;

    private final Map<String, Part> rules;
    private final Set<String> empty = new HashSet<>();

    Shape(Map<String, Part> rules) {
        this.rules = rules;
        grow(empty, this::mayBeEmpty);
    }

    /** Elements when repetitions are written out, as llama.cpp does. */
    static long size(Part part) {
        return switch (part) {
            case Part.Text literal -> literal.text().length() + 1L;
            case Part.Chars chars -> 2;
            case Part.Rule rule -> 2;
            case Part.Sequence sequence -> 1 + sum(sequence.items());
            case Part.Choice choice -> 1 + sum(choice.options());
            case Part.Repeat repeat ->
                Math.min(HUGE, Math.max(repeat.least() + 1L, repeat.most()) * (1 + size(repeat.item())));
        };
    }

    private static long sum(List<Part> parts) {
        return Math.min(HUGE, parts.stream().mapToLong(Shape::size).sum());
    }

    /** A rule that begins with itself, or repeats without end what may be empty: it would be followed for ever. */
    Optional<String> endless() {
        // What is left when rules that begin with no rule are taken away again and again begins with itself, or with
        // such.
        Set<String> left = new HashSet<>(rules.keySet());
        boolean more = true;
        while (more) {
            more = left.removeIf(name -> {
                Set<String> first = new HashSet<>();
                beginnings(rules.getOrDefault(name, Part.NOTHING), first);
                first.retainAll(left);
                return first.isEmpty();
            });
        }
        return rules.entrySet().stream()
                .filter(rule -> left.contains(rule.getKey()) || idles(rule.getValue()))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** A rule whose text never comes to its end. */
    Optional<String> hopeless() {
        Set<String> ending = new HashSet<>();
        grow(ending, part -> ends(part, ending));
        return rules.keySet().stream().filter(name -> !ending.contains(name)).findFirst();
    }

    private void grow(Set<String> names, Predicate<Part> belongs) {
        boolean more = true;
        while (more) {
            more = false;
            for (Map.Entry<String, Part> rule : rules.entrySet()) {
                more |= !names.contains(rule.getKey()) && belongs.test(rule.getValue()) && names.add(rule.getKey());
            }
        }
    }

    boolean mayBeEmpty(Part part) {
        return switch (part) {
            case Part.Text literal -> literal.text().isEmpty();
            case Part.Chars chars -> false;
            case Part.Rule rule -> empty.contains(rule.name());
            case Part.Sequence sequence -> sequence.items().stream().allMatch(this::mayBeEmpty);
            case Part.Choice choice -> choice.options().stream().anyMatch(this::mayBeEmpty);
            case Part.Repeat repeat -> repeat.least() == 0 || mayBeEmpty(repeat.item());
        };
    }

    private void beginnings(Part part, Set<String> into) {
        switch (part) {
            case Part.Text text -> {}
            case Part.Chars chars -> {}
            case Part.Rule rule -> into.add(rule.name());
            case Part.Choice choice -> choice.options().forEach(o -> beginnings(o, into));
            case Part.Repeat repeat -> beginnings(repeat.item(), into);
            case Part.Sequence sequence -> {
                for (Part item : sequence.items()) {
                    beginnings(item, into);
                    if (!mayBeEmpty(item)) {
                        return;
                    }
                }
            }
        }
    }

    private boolean idles(Part part) {
        return switch (part) {
            case Part.Text text -> false;
            case Part.Chars chars -> false;
            case Part.Rule rule -> false;
            case Part.Sequence sequence -> sequence.items().stream().anyMatch(this::idles);
            case Part.Choice choice -> choice.options().stream().anyMatch(this::idles);
            case Part.Repeat repeat -> idles(repeat.item()) || (repeat.endless() && mayBeEmpty(repeat.item()));
        };
    }

    private static boolean ends(Part part, Set<String> ending) {
        return switch (part) {
            case Part.Text text -> true;
            case Part.Chars chars -> true;
            case Part.Rule rule -> ending.contains(rule.name());
            case Part.Sequence sequence -> sequence.items().stream().allMatch(i -> ends(i, ending));
            case Part.Choice choice -> choice.options().stream().anyMatch(o -> ends(o, ending));
            case Part.Repeat repeat -> repeat.least() == 0 || ends(repeat.item(), ending);
        };
    }
}
