package dev.quipu.llama.template;

import dev.quipu.llama.template.Filters.Filter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Filters that apply a test, a filter or an attribute to every item. */
final class SelectionFilters {
    static final Map<String, Filter> ALL = Map.of(
            "map", SelectionFilters::map,
            "select", (run, input, arguments) -> select(run, input, arguments, true),
            "reject", (run, input, arguments) -> select(run, input, arguments, false),
            "selectattr", (run, input, arguments) -> selectByAttribute(run, input, arguments, true),
            "rejectattr", (run, input, arguments) -> selectByAttribute(run, input, arguments, false));

    private SelectionFilters() {}

    private static Value map(Execution run, Value input, Arguments arguments) {
        List<Value> mapped = new ArrayList<>();
        if (arguments.positional().isEmpty()) {
            Arguments.Bound bound = arguments.bind(run, "map", "attribute", "default");
            AttributePath path = AttributePath.parse(run, bound.required("attribute"));
            for (Value item : items(run, input)) {
                Value found = path.get(run, item);
                mapped.add(
                        found instanceof Value.Undefined ? bound.find("default").orElse(found) : found);
            }
        } else {
            String filter = name(run, arguments.positional().getFirst());
            for (Value item : items(run, input)) {
                mapped.add(Filters.apply(run, filter, item, arguments.after(1)));
            }
        }
        return Value.Sequence.list(mapped);
    }

    /** Anything false counts as empty here, none included. */
    private static List<Value> items(Execution run, Value input) {
        return Truth.of(input) ? Iteration.items(run, input) : List.of();
    }

    private static Value select(Execution run, Value input, Arguments arguments, boolean wanted) {
        return filter(run, input, test(run, arguments), wanted);
    }

    private static Value selectByAttribute(Execution run, Value input, Arguments arguments, boolean wanted) {
        if (arguments.positional().isEmpty()) {
            throw run.failure(TemplateError.WRONG_TYPE, "selectattr and rejectattr need an attribute");
        }
        AttributePath path = AttributePath.parse(run, arguments.positional().getFirst());
        Predicate<Value> test = test(run, arguments.after(1));
        return filter(run, input, item -> test.test(path.get(run, item)), wanted);
    }

    private static Value filter(Execution run, Value input, Predicate<Value> test, boolean wanted) {
        List<Value> kept = new ArrayList<>();
        for (Value item : items(run, input)) {
            if (test.test(item) == wanted) {
                kept.add(item);
            }
        }
        return Value.Sequence.list(kept);
    }

    /** The test that the first argument names; without one, the truth of the item. */
    private static Predicate<Value> test(Execution run, Arguments arguments) {
        if (arguments.positional().isEmpty()) {
            return Truth::of;
        }
        String name = name(run, arguments.positional().getFirst());
        Arguments rest = arguments.after(1);
        return item -> Tests.apply(run, name, item, rest);
    }

    private static String name(Execution run, Value value) {
        if (value instanceof Value.Text text) {
            return text.text();
        }
        throw run.failure(TemplateError.WRONG_TYPE, "A filter or test is named by a string, not " + Types.name(value));
    }
}
