package dev.quipu.llama.template;

import dev.quipu.llama.template.Filters.Filter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Filters over lists, dictionaries and the characters of strings. */
final class SequenceFilters {
    static final Map<String, Filter> ALL = Map.ofEntries(
            Map.entry("length", SequenceFilters::length),
            Map.entry("count", SequenceFilters::length),
            Map.entry("first", (run, input, arguments) -> end(run, input, true)),
            Map.entry("last", (run, input, arguments) -> end(run, input, false)),
            Map.entry("list", (run, input, arguments) -> Value.Sequence.list(Iteration.items(run, input))),
            Map.entry("items", SequenceFilters::items),
            Map.entry("join", SequenceFilters::join),
            Map.entry("reverse", SequenceFilters::reverse),
            Map.entry("batch", SequenceFilters::batch),
            Map.entry("slice", SequenceFilters::slice),
            Map.entry("sum", SequenceFilters::sum),
            Map.entry("default", SequenceFilters::orDefault),
            Map.entry("d", SequenceFilters::orDefault));

    private SequenceFilters() {}

    private static Value length(Execution run, Value input, Arguments arguments) {
        arguments.bind(run, "length");
        return switch (input) {
            case Value.Text text -> Value.of(PythonText.length(text.text()));
            case Value.Sequence sequence -> Value.of(sequence.items().size());
            case Value.Mapping mapping -> Value.of(mapping.entries().size());
            case Value.Undefined ignored -> Value.of(0);
            default -> throw run.failure(TemplateError.WRONG_TYPE, "There is no length of " + Types.name(input));
        };
    }

    private static Value end(Execution run, Value input, boolean first) {
        List<Value> items = input instanceof Value.Sequence sequence ? sequence.items() : Iteration.items(run, input);
        if (items.isEmpty()) {
            return new Value.Undefined(first ? "first" : "last");
        }
        return first ? items.getFirst() : items.getLast();
    }

    private static Value items(Execution run, Value input, Arguments arguments) {
        arguments.bind(run, "items");
        return switch (input) {
            case Value.Mapping mapping -> Value.Sequence.list(Mappings.items(run, mapping.entries()));
            case Value.Undefined ignored -> Value.Sequence.empty();
            default -> throw run.failure(TemplateError.WRONG_TYPE, "There are no items in " + Types.name(input));
        };
    }

    private static Value join(Execution run, Value input, Arguments arguments) {
        Arguments.Bound bound = arguments.bind(run, "join", "d", "attribute");
        String separator = Printer.text(run, bound.find("d").orElse(Value.of("")));
        AttributePath path = AttributePath.of(run, bound.find("attribute"));
        Output output = new Output(run);
        boolean first = true;
        for (Value item : Iteration.items(run, input)) {
            output.append(first ? "" : separator).append(Printer.text(run, path.get(run, item)));
            first = false;
        }
        return Value.of(output.toString());
    }

    private static Value reverse(Execution run, Value input, Arguments arguments) {
        arguments.bind(run, "reverse");
        if (input instanceof Value.Text text) {
            return run.made(new StringBuilder(text.text()).reverse().toString());
        }
        return Value.Sequence.list(new ArrayList<>(Iteration.items(run, input).reversed()));
    }

    private static Value batch(Execution run, Value input, Arguments arguments) {
        Arguments.Bound bound = arguments.bind(run, "batch", "linecount", "fill_with");
        int size = positive(run, bound, "linecount");
        List<Value> items = Iteration.items(run, input);
        List<Value> rows = new ArrayList<>();
        for (int start = 0; start < items.size(); start += size) {
            List<Value> row = new ArrayList<>(items.subList(start, Math.min(items.size() - start, size) + start));
            fill(run, row, size, bound);
            rows.add(Value.Sequence.list(row));
        }
        return Value.Sequence.list(rows);
    }

    private static Value slice(Execution run, Value input, Arguments arguments) {
        Arguments.Bound bound = arguments.bind(run, "slice", "slices", "fill_with");
        int slices = positive(run, bound, "slices");
        run.steps(slices);
        List<Value> items = Iteration.items(run, input);
        int base = items.size() / slices;
        int longer = items.size() % slices;
        List<Value> columns = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < slices; i++) {
            int end = start + base + (i < longer ? 1 : 0);
            List<Value> column = new ArrayList<>(items.subList(start, end));
            if (longer > 0 && i >= longer) {
                fill(run, column, base + 1, bound);
            }
            columns.add(Value.Sequence.list(column));
            start = end;
        }
        return Value.Sequence.list(columns);
    }

    private static int positive(Execution run, Arguments.Bound bound, String parameter) {
        bound.required(parameter);
        int count = bound.integer(parameter, 1);
        if (count < 1) {
            throw run.failure(TemplateError.WRONG_TYPE, "'" + parameter + "' must be at least 1, not " + count);
        }
        return count;
    }

    private static void fill(Execution run, List<Value> row, int size, Arguments.Bound bound) {
        Value filler = bound.find("fill_with").orElse(Value.None.NONE);
        if (filler != Value.None.NONE) {
            run.steps(size);
            while (row.size() < size) {
                row.add(filler);
            }
        }
    }

    private static Value sum(Execution run, Value input, Arguments arguments) {
        Arguments.Bound bound = arguments.bind(run, "sum", "attribute", "start");
        AttributePath path = AttributePath.of(run, bound.find("attribute"));
        Value total = bound.find("start").orElse(Value.of(0));
        for (Value item : Iteration.items(run, input)) {
            total = Arithmetic.apply(run, Expression.Operator.ADD, total, path.get(run, item));
        }
        return total;
    }

    private static Value orDefault(Execution run, Value input, Arguments arguments) {
        Arguments.Bound bound = arguments.bind(run, "default", "default_value", "boolean");
        boolean absent = input instanceof Value.Undefined || (bound.flag("boolean", false) && !Truth.of(input));
        return absent ? bound.find("default_value").orElse(Value.of("")) : input;
    }
}
