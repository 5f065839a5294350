package dev.quipu.llama.template;

import java.util.HashMap;
import java.util.Map;

/** The filters by name. */
final class Filters {
    private static final Map<String, Filter> ALL = all();

    private Filters() {}

    /** What stands after a {@code |}. */
    interface Filter {
        Value apply(Execution run, Value input, Arguments arguments);
    }

    private static Map<String, Filter> all() {
        Map<String, Filter> filters = new HashMap<>();
        filters.putAll(TextFilters.ALL);
        filters.putAll(NumberFilters.ALL);
        filters.putAll(SequenceFilters.ALL);
        filters.putAll(OrderFilters.ALL);
        filters.putAll(SelectionFilters.ALL);
        filters.putAll(JsonFilters.ALL);
        return Map.copyOf(filters);
    }

    static boolean exists(String name) {
        return ALL.containsKey(name);
    }

    static Value apply(Execution run, String name, Value input, Arguments arguments) {
        Filter filter = ALL.get(name);
        if (filter == null) {
            throw run.failure(TemplateError.UNSUPPORTED, "There is no filter '" + name + "' here");
        }
        if (input instanceof Value.Text text) {
            run.read(text.text());
        }
        return filter.apply(run, input, arguments);
    }
}
