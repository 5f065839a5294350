package dev.quipu.llama.template;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The methods of lists and tuples. */
final class SequenceMethods {
    private SequenceMethods() {}

    static Value.@Nullable Function bind(Value.Sequence sequence, String name) {
        List<Value> items = sequence.items();
        Value.Body body = reading(items, name);
        if (body == null && !sequence.tuple()) {
            body = changing(items, name);
        }
        return body == null ? null : new Value.Function(name, body);
    }

    private static Value.@Nullable Body reading(List<Value> items, String name) {
        return switch (name) {
            case "count" ->
                (run, arguments) -> {
                    Value wanted = arguments.bind(run, name, "value").required("value");
                    return Value.of(items.stream()
                            .filter(item -> Equality.equal(run, item, wanted))
                            .count());
                };
            case "index" ->
                (run, arguments) -> Value.of(
                        find(run, items, arguments.bind(run, name, "value").required("value")));
            case "copy" ->
                (run, arguments) -> {
                    run.steps(items.size());
                    return Value.Sequence.list(new ArrayList<>(items));
                };
            default -> null;
        };
    }

    private static Value.@Nullable Body changing(List<Value> items, String name) {
        return switch (name) {
            case "append" ->
                (run, arguments) -> {
                    run.steps(1);
                    items.add(arguments.bind(run, name, "value").required("value"));
                    return Value.None.NONE;
                };
            case "extend" ->
                (run, arguments) -> {
                    items.addAll(Iteration.items(
                            run, arguments.bind(run, name, "values").required("values")));
                    return Value.None.NONE;
                };
            case "insert" ->
                (run, arguments) -> {
                    Arguments.Bound bound = arguments.bind(run, name, "index", "value");
                    bound.required("index");
                    run.steps(items.size());
                    int index = bound.integer("index", 0);
                    int at = index < 0 ? Math.max(0, index + items.size()) : Math.min(index, items.size());
                    items.add(at, bound.required("value"));
                    return Value.None.NONE;
                };
            case "pop" ->
                (run, arguments) ->
                        pop(run, items, arguments.bind(run, name, "index").integer("index", -1));
            case "remove" ->
                (run, arguments) -> {
                    items.remove(
                            find(run, items, arguments.bind(run, name, "value").required("value")));
                    return Value.None.NONE;
                };
            case "reverse" ->
                (run, arguments) -> {
                    run.steps(items.size());
                    Collections.reverse(items);
                    return Value.None.NONE;
                };
            case "clear" ->
                (run, arguments) -> {
                    items.clear();
                    return Value.None.NONE;
                };
            default -> null;
        };
    }

    private static Value pop(Execution run, List<Value> items, int index) {
        int at = index < 0 ? index + items.size() : index;
        if (at < 0 || at >= items.size()) {
            throw run.failure(TemplateError.WRONG_TYPE, "pop takes item " + index + " of a list of " + items.size());
        }
        run.steps(items.size());
        return items.remove(at);
    }

    private static int find(Execution run, List<Value> items, Value wanted) {
        for (int i = 0; i < items.size(); i++) {
            if (Equality.equal(run, items.get(i), wanted)) {
                return i;
            }
        }
        throw run.failure(TemplateError.WRONG_TYPE, "The list does not hold " + Printer.representation(run, wanted));
    }
}
