package dev.quipu.llama.template;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The functions that every template may call. */
final class Globals {
    static final Map<String, Value> ALL = Map.of(
            "range", new Value.Function("range", Globals::range),
            "namespace", new Value.Function("namespace", Globals::namespace),
            "dict", new Value.Function("dict", Globals::dictionary),
            "raise_exception", new Value.Function("raise_exception", Globals::raise),
            "strftime_now", new Value.Function("strftime_now", Globals::now));

    private Globals() {}

    private static Value range(Execution run, Arguments arguments) {
        Arguments.Bound bound = arguments.bind(run, "range", "start", "stop", "step");
        int first = Numbers.index(run, bound.required("start"));
        boolean single = bound.find("stop").isEmpty();
        long start = single ? 0 : first;
        long stop = single ? first : bound.integer("stop", 0);
        int step = bound.integer("step", 1);
        if (step == 0) {
            throw run.failure(TemplateError.WRONG_TYPE, "The step of a range is zero");
        }
        long span = step > 0 ? stop - start : start - stop;
        long count = span <= 0 ? 0 : (span - 1) / Math.abs((long) step) + 1;
        run.steps(count);
        List<Value> numbers = new ArrayList<>();
        for (long i = 0; i < count; i++) {
            numbers.add(Value.of(start + i * step));
        }
        return Value.Sequence.list(numbers);
    }

    private static Value namespace(Execution run, Arguments arguments) {
        Map<String, Value> attributes = new LinkedHashMap<>();
        for (Map.Entry<Value, Value> entry : merged(run, "namespace", arguments).entrySet()) {
            attributes.put(Printer.text(run, entry.getKey()), entry.getValue());
        }
        return new Value.Namespace(attributes);
    }

    private static Value dictionary(Execution run, Arguments arguments) {
        return new Value.Mapping(merged(run, "dict", arguments));
    }

    private static Map<Value, Value> merged(Execution run, String callee, Arguments arguments) {
        Map<Value, Value> entries = new LinkedHashMap<>();
        for (Value argument : arguments.positional()) {
            if (!(argument instanceof Value.Mapping other)) {
                throw run.failure(
                        TemplateError.WRONG_TYPE, callee + " takes a dictionary, not " + Types.name(argument));
            }
            run.steps(other.entries().size());
            entries.putAll(other.entries());
        }
        arguments.named().forEach((name, value) -> entries.put(Value.of(name), value));
        return entries;
    }

    private static Value raise(Execution run, Arguments arguments) {
        Value message = arguments.bind(run, "raise_exception", "message").required("message");
        throw run.failure(TemplateError.REFUSED, "The template says: " + Printer.text(run, message));
    }

    private static Value now(Execution run, Arguments arguments) {
        return run.made(DateFormat.now(
                run, arguments.bind(run, "strftime_now", "format").requiredText("format")));
    }
}
