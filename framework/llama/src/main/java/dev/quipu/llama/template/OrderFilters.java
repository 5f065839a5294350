package dev.quipu.llama.template;

import dev.quipu.llama.template.Filters.Filter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Filters that compare items; strings compare without regard to case unless {@code case_sensitive} is set. */
final class OrderFilters {
    static final Map<String, Filter> ALL = Map.of(
            "sort", OrderFilters::sort,
            "dictsort", OrderFilters::sortEntries,
            "unique", OrderFilters::unique,
            "min", (run, input, arguments) -> extreme(run, input, arguments, "min"),
            "max", (run, input, arguments) -> extreme(run, input, arguments, "max"));

    private OrderFilters() {}

    private static Value sort(Execution run, Value input, Arguments arguments) {
        Arguments.Bound bound = arguments.bind(run, "sort", "reverse", "case_sensitive", "attribute");
        List<Value> items = Iteration.items(run, input);
        List<String> attributes = bound.text("attribute")
                .map(text -> List.of(text.split(",", -1)))
                .orElse(List.of());
        Comparator<Value> order = attributes.stream()
                .map(attribute -> AttributePath.parse(run, Value.of(attribute)))
                .map(path -> order(run, bound, item -> path.get(run, item)))
                .reduce(Comparator::thenComparing)
                .orElseGet(() -> order(run, bound, item -> item));
        items.sort(bound.flag("reverse", false) ? Collections.reverseOrder(order) : order);
        return Value.Sequence.list(items);
    }

    private static Value sortEntries(Execution run, Value input, Arguments arguments) {
        Arguments.Bound bound = arguments.bind(run, "dictsort", "case_sensitive", "by", "reverse");
        if (!(input instanceof Value.Mapping mapping)) {
            throw run.failure(TemplateError.WRONG_TYPE, "dictsort takes a dictionary, not " + Types.name(input));
        }
        int position = switch (bound.text("by").orElse("key")) {
            case "key" -> 0;
            case "value" -> 1;
            default -> throw run.failure(TemplateError.WRONG_TYPE, "dictsort sorts by key or value");
        };
        List<Value> items = Mappings.items(run, mapping.entries());
        Comparator<Value> order = order(run, bound, item -> Attributes.item(run, item, Value.of(position)));
        items.sort(bound.flag("reverse", false) ? Collections.reverseOrder(order) : order);
        return Value.Sequence.list(items);
    }

    private static Comparator<Value> order(Execution run, Arguments.Bound bound, UnaryOperator<Value> key) {
        boolean exact = bound.flag("case_sensitive", false);
        return (left, right) ->
                Equality.compare(run, folded(run, key.apply(left), exact), folded(run, key.apply(right), exact));
    }

    private static Value folded(Execution run, Value value, boolean exact) {
        return value instanceof Value.Text text && !exact ? run.made(PythonText.lower(text.text())) : value;
    }

    private static Value unique(Execution run, Value input, Arguments arguments) {
        Arguments.Bound bound = arguments.bind(run, "unique", "case_sensitive", "attribute");
        AttributePath path = AttributePath.of(run, bound.find("attribute"));
        boolean exact = bound.flag("case_sensitive", false);
        Set<Value> seen = new HashSet<>();
        List<Value> kept = new ArrayList<>();
        for (Value item : Iteration.items(run, input)) {
            if (seen.add(Mappings.key(run, folded(run, path.get(run, item), exact)))) {
                kept.add(item);
            }
        }
        return Value.Sequence.list(kept);
    }

    private static Value extreme(Execution run, Value input, Arguments arguments, String which) {
        Arguments.Bound bound = arguments.bind(run, which, "case_sensitive", "attribute");
        AttributePath path = AttributePath.of(run, bound.find("attribute"));
        List<Value> items = Iteration.items(run, input);
        if (items.isEmpty()) {
            return new Value.Undefined(which);
        }
        Comparator<Value> order = order(run, bound, item -> path.get(run, item));
        Value best = items.getFirst();
        for (Value item : items) {
            int comparison = order.compare(item, best);
            if (which.equals("min") ? comparison < 0 : comparison > 0) {
                best = item;
            }
        }
        return best;
    }
}
